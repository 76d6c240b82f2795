using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Calibration;

public sealed class SegmentedCalibratorTests
{
    [Fact]
    public void Fit_ComparesAPaymentWithItsSegment_OnceThatHasAThousand()
    {
        // Segment 0: 0 to 999. Segment 1: 10,000 to 10,998, one too few. Segment 2: none.
        double[] scores = [.. Enumerable.Range(0, 1_000).Select(i => (double)i), .. Enumerable.Range(0, 999).Select(i => 10_000.0 + i)];
        int[] segments = [.. Enumerable.Repeat(0, 1_000), .. Enumerable.Repeat(1, 999)];
        var calibrator = SegmentedCalibrator.Fit(scores, segments, 3);
        Assert.NotNull(calibrator.Own[0]);
        Assert.Null(calibrator.Own[1]);
        Assert.Null(calibrator.Own[2]);

        // 900 is reached by a tenth of its segment, and by about 11 in 20 of all.
        Assert.Equal(-Math.Log(0.1), calibrator.NegativeLogP(0, 900), 0.03);
        Assert.Equal(-Math.Log(1_100 / 2_000.0), calibrator.NegativeLogP(1, 900), 0.03);
        Assert.Equal(calibrator.All.NegativeLogP(10_500), calibrator.NegativeLogP(1, 10_500));
        Assert.Equal(calibrator.All.NegativeLogP(10_500), calibrator.NegativeLogP(2, 10_500));
        Assert.Equal(calibrator.Own[0]!.NegativeLogP(10_500), calibrator.NegativeLogP(0, 10_500));
    }

    [Fact]
    public void Fit_OfOneSegment_IsTheCalibrationOfAll()
    {
        double[] scores = [.. Enumerable.Range(0, 2_000).Select(i => (double)i)];
        var calibrator = SegmentedCalibrator.Fit(scores, new int[2_000], 1);
        Assert.Null(Assert.Single(calibrator.Own));
        Assert.Equal(calibrator.All.NegativeLogP(1_500), calibrator.NegativeLogP(0, 1_500));
    }

    [Fact]
    public void Fit_OfNoScores_IsRefused() =>
        Assert.Contains(
            "0 reference scores", Assert.Throws<ArgumentException>(() => SegmentedCalibrator.Fit([], [], 2)).Message,
            StringComparison.Ordinal);
}
