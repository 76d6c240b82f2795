using Aegis.Benchmarks.Quality;

namespace Aegis.Tests.Benchmarks;

public sealed class MadeTablesTests
{
    private static readonly IReadOnlyList<LabelledTable> Tables = [.. MadeTables.All()];

    [Fact]
    public void All_AreTwenty_OfFiniteNumbers_WithAHundredthOfAnomalies()
    {
        Assert.Equal(20, Tables.Select(table => table.Name).Distinct().Count());
        Assert.All(Tables, table =>
        {
            Assert.Equal((8_080, 80), (table.Labels.Length, table.Labels.Count(label => label)));
            Assert.Equal(table.Labels.Length * table.Columns, table.Values.Length);
            Assert.All(table.Values, value => Assert.True(double.IsFinite(value)));
        });
    }

    [Fact]
    public void All_AreTheSameAtEveryCall() =>
        Assert.Equal(Tables.Select(table => table.Values.Sum()), MadeTables.All().Select(table => table.Values.Sum()));

    /// <summary>Each value of an anomaly of dependency is one that an ordinary row could have.</summary>
    [Fact]
    public void DependencyAnomalies_HaveOrdinaryValues_AndGlobalOnesNot()
    {
        Assert.All(Tables.Where(table => table.Name.EndsWith("dependency", StringComparison.Ordinal)), table => Assert.True(
            Spread(table, isAnomaly: true) / Spread(table, isAnomaly: false) is > 0.8 and < 1.25));
        Assert.All(Tables.Where(table => table.Name.EndsWith("global", StringComparison.Ordinal)), table => Assert.True(
            Spread(table, isAnomaly: true) / Spread(table, isAnomaly: false) > 1.3));
    }

    /// <summary>The mean standard deviation of the columns.</summary>
    private static double Spread(LabelledTable table, bool isAnomaly) => Enumerable.Range(0, table.Columns).Average(column =>
    {
        double[] values = [.. Enumerable.Range(0, table.Labels.Length).Where(row => table.Labels[row] == isAnomaly)
            .Select(row => table.Values[(row * table.Columns) + column])];
        return Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));
    });
}
