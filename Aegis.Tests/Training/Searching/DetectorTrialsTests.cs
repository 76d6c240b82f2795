using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Searching;

public sealed class DetectorTrialsTests
{
    private static readonly DateOnly First = new(2018, 7, 1);

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

    /// <summary>Of each day ten payments are frauds, of amounts that nobody else pays: a forest that reads them ranks
    /// them first, one that does not cannot.</summary>
    [Fact]
    public void Forest_OnInputsThatTell_RanksFraudsFirst()
    {
        var trials = new DetectorTrials(new SplitJudge(Split(), budget: 100, k: 5, AlertPeriod.Day), seeds: 3);
        var telling = trials.Forest([Feature.AmountLog], trees: 20, subsamples: [64], columnsPerSplit: 1);
        Assert.True(telling.Auroc > 0.99 && telling.Ap > 0.9, telling.ToString());
        Assert.Equal(3, trials.Fits);
        var silent = trials.Forest([Feature.HourSine], trees: 20, subsamples: [64], columnsPerSplit: 1);
        Assert.InRange(silent.Auroc, 0.2, 0.8);
        Assert.Equal(6, trials.Fits);
        // The same seeds try the same thing again.
        Assert.Equal(telling, trials.Forest([Feature.AmountLog], trees: 20, subsamples: [64], columnsPerSplit: 1));
    }

    private static EvaluationSplit Split()
    {
        var split = new EvaluationSplit(
            new DateRange(First, First), new DateRange(First.AddDays(1), First.AddDays(1)), labelDelay: 0, removeKnown: false);
        var random = new SeededRandom(2);
        for (var i = 0; i < 600; i++)
        {
            var isFraud = i % 300 >= 290;
            var features = new float[FeatureSchema.Count];
            features[(int)Feature.AmountLog] = (float)(3 + (isFraud ? 9 + random.NextDouble() : random.NextNormal() / 2));
            features[(int)Feature.HourSine] = (float)random.NextDouble();
            split.Add(features, $"card-{i}", First.DayNumber + (i < 300 ? 0 : 1), new FraudLabel(isFraud), velocity: 0);
        }

        return split;
    }
}
