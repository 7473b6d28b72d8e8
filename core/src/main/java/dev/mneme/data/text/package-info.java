/// x
package dev.mneme.data.text;
