package kerf.quantization;

/** How sums of products get back to 8 bits. */
public enum Arithmetic {
  /** Bias and multiplier in integers: Jacob et al. 2018, section 2.2. */
  FIXED_POINT,
  /** Bias and multiplier in floats, as PyTorch's fbgemm does it. */
  FLOAT_RESCALING
}
