/// The study of memorization on text (Morris et al., arXiv 2505.24832, section 3): models of
/// several sizes over a range of data set sizes, compared with reference models sample by sample,
/// so that what they remember is told from what they understand.
package dev.mneme.text;
