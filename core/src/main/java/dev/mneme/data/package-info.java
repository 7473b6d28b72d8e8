/// Token data: [dev.mneme.data.TokenDataset] holds sequences, [dev.mneme.data.RandomTokens] draws
/// them, [dev.mneme.data.TokenBatch] picks some of them.
package dev.mneme.data;
