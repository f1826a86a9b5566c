package kerf.calibration;

import kerf.table.Bytes;
import kerf.table.Grouped;
import kerf.table.Title;

/**
 * What a number format makes of numbers.
 *
 * @param format which
 * @param bits of a number
 * @param bytes of all numbers, without scales
 * @param different how many different numbers are left
 * @param greatestError the greatest distance of a number from what is left of it
 * @param sqnr signal to quantization noise, decibels; missing where nothing was lost
 */
record FormatRow(
    String format,
    int bits,
    @Bytes long bytes,
    @Grouped long different,
    double greatestError,
    @Title("SQNR (dB)") double sqnr) {}
