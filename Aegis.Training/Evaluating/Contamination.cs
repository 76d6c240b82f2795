using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.TailSums;
using Aegis.Training.Searching;

namespace Aegis.Training.Evaluating;

/// <summary>The results of models fitted on a stated share of frauds.</summary>
/// <param name="Share">The share of frauds among the rows fitted on, 0 to 1.</param>
/// <param name="Forest">The forest, means over seeds.</param>
/// <param name="Autoencoder">The autoencoder, fitted on the rows that the forest finds normal.</param>
/// <param name="TailSum">The tail sum.</param>
/// <param name="Fused">All detectors together.</param>
internal sealed record ContaminationLine(double Share, TrialResult Forest, TrialResult Autoencoder, TrialResult TailSum, TrialResult Fused);

/// <summary>Fits on rows with a stated share of frauds. Nothing else uses labels of the rows to fit on.</summary>
/// <remarks>If there are too many frauds, some are left out at random. If there are too few, some are taken twice or more.</remarks>
internal static class Contamination
{
    private static readonly double[] Shares = [0, 0.002, 0.01, 0.03];

    /// <summary>Fits and judges a model for each share and seed.</summary>
    public static List<ContaminationLine> Run(SplitJudge judge, ModelChoice choice, int seeds) => [.. Shares.Select(share =>
    {
        var bySeed = Enumerable.Range(1, seeds).Select(seed => Measure(judge, choice, share, (ulong)seed)).ToList();
        var means = PerDetector<TrialResult>.Of(detector => TrialResult.Mean([.. bySeed.Select(measured => measured[detector])]));
        return new ContaminationLine(share, means.Forest, means.Autoencoder, means.TailSum, means.Fused);
    })];

    private static PerDetector<Measurement> Measure(SplitJudge judge, ModelChoice choice, double share, ulong seed)
    {
        var rows = Mixed(judge.Split.Train, share, SeededRandom.For(seed, item: 0, part: 0x63));
        var model = FraudModelTrainer.Train(
            rows, choice.ToOptions(seed, new AlertBudget()), CurrencyRates.Default, shardCount: 1, "contamination",
            new Dictionary<string, string>());
        var test = ModelScores.Of(model, judge.Split.Test);
        return PerDetector<Measurement>.Of(detector => judge.Rank(detector.ScoresOf(test)));
    }

    private static FeatureRows Mixed(FeatureRows rows, double share, SeededRandom random)
    {
        var genuine = rows.Frauds.Count(isFraud => !isFraud);
        var perFraud = share / (1 - share) * genuine / Math.Max(1, rows.Count - genuine);
        var mixed = new FeatureRows();
        for (var row = 0; row < rows.Count; row++)
        {
            var times = rows.Frauds[row] ? (int)perFraud + (random.NextBool(perFraud - (int)perFraud) ? 1 : 0) : 1;
            for (; times > 0; times--)
            {
                mixed.Add(rows[row], rows.Cards[row], rows.Days[row], rows.Frauds[row], rows.IdHashes[row]);
            }
        }

        return mixed;
    }
}
