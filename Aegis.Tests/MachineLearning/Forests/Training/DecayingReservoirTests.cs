using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Training;

public sealed class DecayingReservoirTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    [InlineData(-1.0)]
    public void Add_OfTwoRowsForOnePlace_KeepsTheNewerByTheOddsOfItsWeight(double hoursLater)
    {
        const int Trials = 20_000;
        var kept = 0;
        for (ulong seed = 0; seed < Trials; seed++)
        {
            var reservoir = new DecayingReservoir(1, 1, Hour, seed * 7_919);
            reservoir.Add([0], Start);
            reservoir.Add([1], Start + (hoursLater * Hour));
            kept += (int)reservoir.ToRows()[0];
        }

        // Weights 1 and exp(Δ/τ): a logistic curve. Four standard deviations of a share over 20,000 trials are at most .0142.
        Assert.Equal(1 / (1 + Math.Exp(-hoursLater)), kept / (double)Trials, 0.0142);
    }

    [Fact]
    public void Add_OfALongStream_KeepsRowsWhoseAgesAreExponential()
    {
        // 2,000 rows an hour, kept 100: the sample is a twentieth of what τ = 1 h weighs, so ages are near exponential.
        const int PerHour = 2_000;
        const int Hours = 12;
        var ages = new List<double>();
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var reservoir = new DecayingReservoir(100, 1, Hour, seed);
            for (var i = 0; i < PerHour * Hours; i++)
            {
                var age = Hours - (i / (double)PerHour);
                reservoir.Add([(float)age], Start + ((Hours - age) * Hour));
            }

            ages.AddRange(reservoir.ToRows().Select(age => (double)age));
        }

        // Of 6,000 ages: mean 1 and median ln 2 with standard errors of .013. That rows are not drawn twice makes the sample older by up to
        // a twentieth.
        Assert.InRange(ages.Average(), 0.95, 1.10);
        Assert.InRange(ages.Order().ElementAt(3_000), 0.65, 0.78);
    }

    [Fact]
    public void Add_OfFewerRowsThanFit_KeepsThemAll()
    {
        var reservoir = new DecayingReservoir(5, 2, Hour, 1);
        reservoir.Add([1, 2], Start);
        reservoir.Add([3, 4], Start - (1_000 * Hour));
        Assert.Equal(2, reservoir.Count);
        Assert.Equal([1, 2, 3, 4], reservoir.ToRows());
    }

    [Fact]
    public void Add_ToAFullReservoir_AllocatesNothing()
    {
        var reservoir = new DecayingReservoir(10, 1, Hour, 1);
        float[] row = [1];
        for (var i = 0; i < 100; i++)
        {
            reservoir.Add(row, Start + (i * Hour));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 100; i < 1_000; i++)
        {
            reservoir.Add(row, Start + (i * Hour));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10, reservoir.Count);
    }

    [Fact]
    public void Train_OnAReservoirAfterAChange_KnowsTheNewAsOrdinary()
    {
        // Two days around 0, then two around 8: what came long ago has faded.
        var reservoir = new DecayingReservoir(1_000, 1, 4 * Hour, 1);
        var random = new SeededRandom(4);
        for (var i = 0; i < 20_000; i++)
        {
            reservoir.Add([(float)random.NextNormal() + (i < 10_000 ? 0 : 8)], Start + (i / 208.0 * Hour));
        }

        var forest = IsolationForestTrainer.Train(reservoir.ToRows(), reservoir.Columns, new IsolationForestOptions { Trees = 50 });
        Assert.True(forest.Score([8]) < 0.5, $"new: {forest.Score([8])}");
        Assert.True(forest.Score([0]) > 0.6, $"old: {forest.Score([0])}");
    }

    [Fact]
    public void Constructor_OutOfRange_NamesTheValue()
    {
        Assert.Contains("capacity is '0'", Assert.Throws<ArgumentException>(() => new DecayingReservoir(0, 1, Hour, 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("columns is '0'", Assert.Throws<ArgumentException>(() => new DecayingReservoir(1, 0, Hour, 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("columns is '1000000'", Assert.Throws<ArgumentException>(
            () => new DecayingReservoir(1_000_000, 1_000_000, Hour, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("decayTime is '00:00:00'", Assert.Throws<ArgumentException>(
            () => new DecayingReservoir(1, 1, TimeSpan.Zero, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DecayingReservoir(1, 2, Hour, 1).Add([1], Start));
    }
}
