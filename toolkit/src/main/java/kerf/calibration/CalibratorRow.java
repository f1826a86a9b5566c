package kerf.calibration;

import kerf.table.Percent;
import kerf.table.Title;

/**
 * What one calibrator chose for a tensor at one width, and what is lost by it.
 *
 * @param calibrator which
 * @param bits the width of the integers
 * @param low the lower end of the range
 * @param high its upper end
 * @param scale the distance of neighbors on the grid
 * @param zeroPoint the integer that stands for 0
 * @param clipped the fraction of numbers beyond the ends
 * @param clippedError the part of the squared error that these make; the rest is rounding
 * @param meanSquaredError in the square of the numbers' unit
 * @param sqnr signal to quantization noise, decibels
 */
public record CalibratorRow(
    String calibrator,
    int bits,
    float low,
    float high,
    float scale,
    int zeroPoint,
    @Percent(3) double clipped,
    @Percent(1) double clippedError,
    double meanSquaredError,
    @Title("SQNR (dB)") double sqnr) {}
