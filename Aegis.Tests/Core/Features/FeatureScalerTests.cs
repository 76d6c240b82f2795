using Aegis.Core.Features;

namespace Aegis.Tests.Core.Features;

public sealed class FeatureScalerTests
{
    private static readonly int Levels = FeatureSchema.Of(Feature.Channel).Levels;

    [Fact]
    public void Encode_KeepsTheSuspiciousSideAlone()
    {
        // Of amounts only high ones are suspicious, of thirty days' payments neither side: they keep their sign.
        var scaler = new FeatureScaler([Feature.AmountLog, Feature.Count30Days], [10, 100], [2, 50]);
        Assert.Equal([2, 1], Encoded(scaler, (Feature.AmountLog, 14), (Feature.Count30Days, 150)));
        Assert.Equal([0, -1], Encoded(scaler, (Feature.AmountLog, 6), (Feature.Count30Days, 50)));
        Assert.Equal([true, false], scaler.IsDirected);
        // No minus zero, which models would show.
        Assert.False(float.IsNegative(Encoded(scaler, (Feature.AmountLog, 6))[0]));
    }

    [Fact]
    public void Encode_OfAKind_IsOneInItsOwnColumnBehindAllOthers()
    {
        var scaler = new FeatureScaler([Feature.Channel, Feature.AmountLog], [10], [2]);
        Assert.Equal(1 + Levels, scaler.InputCount);
        Assert.Equal([(int)Feature.AmountLog, .. Enumerable.Repeat((int)Feature.Channel, Levels)], scaler.FeatureOfInput);
        Assert.All(scaler.IsDirected, Assert.True);
        for (var channel = 0; channel < Levels; channel++)
        {
            var inputs = Encoded(scaler, (Feature.Channel, channel), (Feature.AmountLog, 12));
            Assert.Equal([1, .. Enumerable.Range(0, Levels).Select(level => level == channel ? 1f : 0)], inputs);
        }
    }

    [Fact]
    public void EncodeAll_IsEachRowAlone()
    {
        var scaler = new FeatureScaler([Feature.AmountLog, Feature.Channel], [1], [1]);
        var rows = new float[3 * FeatureSchema.Count];
        for (var row = 0; row < 3; row++)
        {
            rows[(row * FeatureSchema.Count) + (int)Feature.AmountLog] = row + 2;
            rows[(row * FeatureSchema.Count) + (int)Feature.Channel] = row;
        }

        var all = scaler.EncodeAll(rows);
        Assert.Equal(3 * scaler.InputCount, all.Length);
        for (var row = 0; row < 3; row++)
        {
            var one = new float[scaler.InputCount];
            scaler.Encode(rows.AsSpan(row * FeatureSchema.Count, FeatureSchema.Count), one);
            Assert.Equal(one, all[(row * scaler.InputCount)..((row + 1) * scaler.InputCount)]);
        }
    }

    [Fact]
    public void Fit_TakesMedianAndQuartiles_ElseTheDeviation_ElseOne()
    {
        // Amounts 0 to 7: median 4, quartiles 2 and 6. One count of eight differs: quartiles are alike. Sums never vary.
        var rows = new float[8 * FeatureSchema.Count];
        for (var row = 0; row < 8; row++)
        {
            rows[(row * FeatureSchema.Count) + (int)Feature.AmountLog] = 7 - row;
            rows[(row * FeatureSchema.Count) + (int)Feature.Count1Hour] = row == 3 ? 8 : 0;
            rows[(row * FeatureSchema.Count) + (int)Feature.Sum1Hour] = 5;
        }

        var scaler = FeatureScaler.Fit([Feature.AmountLog, Feature.Count1Hour, Feature.Sum1Hour, Feature.Channel], rows);
        Assert.Equal([4, 0, 5], scaler.Centres.ToArray());
        Assert.Equal(4 / 1.349f, scaler.Scales[0], 1e-6f);
        // Mean 1, squares 49 + 7 · 1 over 8.
        Assert.Equal(Math.Sqrt(7), scaler.Scales[1], 1e-6);
        Assert.Equal(1, scaler.Scales[2]);
    }

    [Fact]
    public void Encode_OfLargeNumbersCloseTogether_KeepsTheirDifferences()
    {
        // Neighbours among the floats near 1.7e9 are 128 apart; the difference of two of them is exact.
        var rows = new float[9 * FeatureSchema.Count];
        for (var row = 0; row < 9; row++)
        {
            rows[(row * FeatureSchema.Count) + (int)Feature.AmountLog] = 1.7e9f + (128 * row);
        }

        var scaler = FeatureScaler.Fit([Feature.AmountLog], rows);
        Assert.Equal(1.7e9f + 512, scaler.Centres[0]);
        Assert.Equal([0, 1.349f / 4], Encoded(scaler, (Feature.AmountLog, 1.7e9f + 512))
            .Concat(Encoded(scaler, (Feature.AmountLog, 1.7e9f + 640))), (one, other) => Math.Abs(one - other) < 1e-6f);
    }

    [Fact]
    public void Constructor_OfFeaturesThatDoNotFit_SaysWhich()
    {
        Assert.StartsWith(
            "Model inputs are ''; allowed: one feature of the schema or more, each once.", Refusal([], [], []), StringComparison.Ordinal);
        Assert.StartsWith(
            "Model inputs are 'AmountLog, AmountLog'", Refusal([Feature.AmountLog, Feature.AmountLog], [1, 1], [1, 1]),
            StringComparison.Ordinal);
        Assert.StartsWith("Model inputs are '-1'", Refusal([(Feature)(-1)], [1], [1]), StringComparison.Ordinal);
        Assert.StartsWith(
            $"Model inputs are '{FeatureSchema.Count}'", Refusal([(Feature)FeatureSchema.Count], [1], [1]), StringComparison.Ordinal);
        Assert.Equal("2 centres and 1 scales; allowed: 1 of each.", Refusal([Feature.AmountLog, Feature.Channel], [1, 2], [1]));
        Assert.Equal("1 centres and 2 scales; allowed: 1 of each.", Refusal([Feature.AmountLog], [1], [1, 2]));
    }

    private static string Refusal(Feature[] features, float[] centres, float[] scales) =>
        Assert.Throws<ArgumentException>(() => new FeatureScaler(features, centres, scales)).Message;

    private static float[] Encoded(FeatureScaler scaler, params (Feature Feature, float Value)[] values)
    {
        var features = new float[FeatureSchema.Count];
        foreach (var (feature, value) in values)
        {
            features[(int)feature] = value;
        }

        // What was there before must not show through.
        var inputs = Enumerable.Repeat(9f, scaler.InputCount).ToArray();
        scaler.Encode(features, inputs);
        return inputs;
    }
}
