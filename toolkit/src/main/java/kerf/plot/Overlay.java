package kerf.plot;

import tech.tablesaw.api.Table;

/**
 * Published points drawn over measured curves.
 *
 * @param label whose points they are, as the legend says: {@code paper}
 * @param table the points, with the plot's x and y columns, and its series column where several
 *     series are published
 */
public record Overlay(String label, Table table) {}
