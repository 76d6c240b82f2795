using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Bundles;

namespace Aegis.MachineLearning.Choices;

/// <summary>A choice, judged by confirmed frauds.</summary>
/// <param name="Choice">Its name.</param>
/// <param name="TypicalShare">Among what share of the payments, the most suspicious ones, the frauds typically rank: the geometric mean
/// of their p, above 0 to 1.</param>
/// <param name="Confidence">The share of resamples of the frauds in which this choice is the best, 0 to 1.</param>
public readonly record struct JudgedChoice(string Choice, double TypicalShare, double Confidence);

/// <summary>Which choice ranks a few confirmed frauds highest among the other payments.</summary>
/// <remarks>
/// Each choice trains a model on the other payments, and scores them and the frauds. A fraud's p is the share of the
/// others with at least its risk. The choice with the least mean of ln p is the best: on ten streams, that found it more
/// often than average precision did, which hangs on the two or three frauds that rank highest (docs/benchmarks/quality.md).
/// How sure that is tells the bootstrap: the frauds are drawn anew, with replacement.
/// </remarks>
public static class ChoiceSelection
{
    /// <summary>The least number of frauds. Fewer say too little.</summary>
    public const int MinFrauds = 10;

    private const int Resamples = 1_000;
    private const int BlockRows = 256;

    /// <summary>A model's risks of payments.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">Row after row, <see cref="FeatureSchema.Count"/> values each.</param>
    public static double[] Risks(FraudModel model, ReadOnlySpan<float> features)
    {
        var detector = new FraudDetector(model);
        var risks = new double[features.Length / FeatureSchema.Count];
        var assessments = new Assessment[BlockRows];
        for (var start = 0; start < risks.Length; start += BlockRows)
        {
            var count = Math.Min(BlockRows, risks.Length - start);
            detector.AssessAll(features.Slice(start * FeatureSchema.Count, count * FeatureSchema.Count), count, assessments);
            for (var row = 0; row < count; row++)
            {
                risks[start + row] = assessments[row].Risk;
            }
        }

        return risks;
    }

    /// <summary>The share of other payments with at least a fraud's risk, for each fraud; above 0.</summary>
    /// <param name="frauds">The frauds' risks.</param>
    /// <param name="others">The other payments' risks.</param>
    public static double[] Shares(ReadOnlySpan<double> frauds, ReadOnlySpan<double> others)
    {
        var sorted = others.ToArray();
        Array.Sort(sorted);
        var shares = new double[frauds.Length];
        for (var i = 0; i < frauds.Length; i++)
        {
            shares[i] = (1.0 + sorted.Length - FirstAtLeast(sorted, frauds[i])) / (1.0 + sorted.Length);
        }

        return shares;
    }

    /// <summary>Judges choices, best first.</summary>
    /// <param name="shares">By choice, what <see cref="Shares"/> gives for the same frauds in the same order.</param>
    /// <param name="seed">Decides the resamples.</param>
    public static IReadOnlyList<JudgedChoice> Judge(IReadOnlyList<(string Choice, double[] Shares)> shares, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var logs = shares.Select(choice => choice.Shares.Select(share => Math.Log(share)).ToArray()).ToList();
        var wins = new int[shares.Count];
        var random = SeededRandom.For(seed, 0xc4);
        var drawn = new int[shares[0].Shares.Length];
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = random.NextInt(drawn.Length);
            }

            var means = logs.Select(choice => drawn.Average(fraud => choice[fraud])).ToList();
            wins[means.IndexOf(means.Min())]++;
        }

        return [.. shares.Select((choice, i) => new JudgedChoice(
            choice.Choice, Math.Exp(logs[i].Average()), wins[i] / (double)Resamples)).OrderBy(choice => choice.TypicalShare)];
    }

    private static int FirstAtLeast(double[] sorted, double value)
    {
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
