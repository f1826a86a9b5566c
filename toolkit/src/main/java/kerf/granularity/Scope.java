package kerf.granularity;

/** How far scores compete with each other. */
public enum Scope {
  /** Within each layer: every layer is pruned by the same fraction. */
  LAYERWISE,
  /** Over all layers together: layers with small scores lose more, and may lose everything. */
  GLOBAL
}
