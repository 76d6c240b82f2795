using Aegis.Core.Features;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Searching;

public sealed class DetectorTrialsTests
{
    [Fact]
    public void Merit_IsTheGeometricMeanOfPrecisions()
    {
        var result = new TrialResult(0.9, 0.4, 0.1);
        Assert.Equal(0.2, result.Merit, 1e-12);
        Assert.Equal("AUROC 0.900, AP 0.400, card precision 0.100", result.ToString());
        Assert.Equal(0, new TrialResult(0.9, 0.4, 0).Merit);
    }

    [Fact]
    public void Mean_IsThatOfTheSeeds() => Assert.Equal(
        new TrialResult(0.75, 0.5, 0.375),
        TrialResult.Mean([new Measurement(0.5, 0.25, 0.25, 0, 0), new Measurement(1, 0.75, 0.5, 0, 0)]));

    /// <summary>A forest that reads the frauds' amounts ranks them first, one that does not cannot.</summary>
    [Fact]
    public void Forest_OnInputsThatTell_RanksFraudsFirst()
    {
        var trials = new DetectorTrials(PlantedDays.Judge(), seeds: 3);
        var telling = trials.Forest([Feature.AmountLog], trees: 20, subsamples: [64], columnsPerSplit: 1);
        Assert.True(telling.Auroc > 0.99 && telling.Ap > 0.9, telling.ToString());
        Assert.Equal(3, trials.Fits);
        var silent = trials.Forest([Feature.HourSine], trees: 20, subsamples: [64], columnsPerSplit: 1);
        Assert.InRange(silent.Auroc, 0.2, 0.8);
        Assert.Equal(6, trials.Fits);
        // The same seeds try the same thing again.
        Assert.Equal(telling, trials.Forest([Feature.AmountLog], trees: 20, subsamples: [64], columnsPerSplit: 1));
    }
}
