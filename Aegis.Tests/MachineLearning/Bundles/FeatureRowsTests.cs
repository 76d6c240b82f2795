using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class FeatureRowsTests
{
    [Fact]
    public void Add_KeepsRowsAndWhatStandsBesideThemInOrder()
    {
        var rows = new FeatureRows();
        Assert.Equal((0, 0), (rows.Count, rows.Features.Length));
        for (var i = 0; i < 3; i++)
        {
            float[] features = [.. Enumerable.Repeat((float)i, FeatureSchema.Count - 1), 9];
            rows.Add(features, $"card-{i}", 700 + i, isFraud: i == 1, idHash: (ulong)(50 + i));
        }

        Assert.Equal((3, 3 * FeatureSchema.Count), (rows.Count, rows.Features.Length));
        Assert.Equal(["card-0", "card-1", "card-2"], rows.Cards);
        Assert.Equal([700, 701, 702], rows.Days);
        Assert.Equal([false, true, false], rows.Frauds);
        Assert.Equal([50UL, 51, 52], rows.IdHashes);
        Assert.Equal([2f, 9], [rows[2][0], rows[2][^1]]);
        Assert.Equal(FeatureSchema.Count, rows[1].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows[3].Length);
    }
}
