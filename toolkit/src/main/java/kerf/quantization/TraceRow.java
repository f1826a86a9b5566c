package kerf.quantization;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Title;

/**
 * What rounding the weights of one layer to one width adds to the loss, modelled.
 *
 * @param layer the layer's name
 * @param bits of its weights
 * @param weights how many it has
 * @param bytes of its weights at that width, with scales
 * @param trace the mean second derivative of the loss by its weights, estimated
 * @param error the summed squared error of its rounded weights
 * @param added half their product, 0 where the trace is negative; in nats
 */
public record TraceRow(
    String layer,
    int bits,
    @Grouped long weights,
    @Grouped long bytes,
    @Decimals(6) @Title("mean second derivative") double trace,
    @Decimals(4) @Title("squared error") double error,
    @Decimals(6) @Title("loss added (modelled)") double added) {}
