package kerf.plot;

/** A chart that says itself what there is to see of it, for those who do not see it. */
interface Counted {
  /** Such as {@code 20 tiles}. */
  String counted();
}
