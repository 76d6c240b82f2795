using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training;

/// <summary>A day to fit on and a day to judge, of 300 payments each. Ten of each are frauds, of amounts that nobody else pays.</summary>
internal static class PlantedDays
{
    private static readonly DateOnly First = new(2018, 7, 1);

    public static EvaluationSplit Split()
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
            split.Add(features, $"card-{i}", First.DayNumber + (i < 300 ? 0 : 1), new FraudLabel(isFraud), 0, StableHash.Mix((ulong)i));
        }

        return split;
    }

    public static SplitJudge Judge() => new(Split(), budget: 100, k: 5, AlertPeriod.Day);
}
