using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Training;

public sealed class SubsampleBlockTests
{
    /// <summary>Row r holds r, 1000 + r, 2000 + r and so on.</summary>
    private static float[] Rows(int count, int columns) =>
        [.. Enumerable.Range(0, count).SelectMany(row => Enumerable.Range(0, columns).Select(column => (float)((1_000 * column) + row)))];

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 7)]
    [InlineData(200, 3, 8)]
    [InlineData(200, 2, 17)]
    [InlineData(64, 5, 63)]
    [InlineData(65, 1, 65)]
    public void Draw_TakesSoManyDifferentRows_AndKeepsEachRowTogether(int count, int columns, int size)
    {
        for (var seed = 1UL; seed <= 50; seed++)
        {
            var random = new SeededRandom(seed);
            var block = new SubsampleBlock(Rows(count, columns), columns, size);
            // The second draw must not remember the first.
            for (var draw = 0; draw < 2; draw++)
            {
                block.Draw(size, ref random);
                Assert.Equal((size, columns), (block.Size, block.Columns));
                var drawn = block.Column(0).ToArray();
                Assert.Equal(size, drawn.Length);
                Assert.True(
                    drawn.Distinct().Count() == size && drawn.All(row => row >= 0 && row < count),
                    $"seed {seed}: {string.Join(' ', drawn)}");
                for (var column = 1; column < columns; column++)
                {
                    Assert.Equal(drawn.Select(row => row + (1_000 * column)), block.Column(column).ToArray());
                }
            }
        }
    }

    [Fact]
    public void Draw_OfEveryRow_TakesThemAll()
    {
        var random = new SeededRandom(1);
        var block = new SubsampleBlock(Rows(100, 1), 1, 100);
        block.Draw(100, ref random);
        Assert.Equal(Enumerable.Range(0, 100).Select(row => (float)row), block.Column(0).ToArray().Order());
    }

    [Fact]
    public void Draw_GivesEachRowTheSameChance()
    {
        const int Count = 40, Size = 13, Draws = 20_000;
        const ulong Seed = 5;
        var random = new SeededRandom(Seed);
        var block = new SubsampleBlock(Rows(Count, 1), 1, Size);
        var counts = new int[Count];
        for (var draw = 0; draw < Draws; draw++)
        {
            block.Draw(Size, ref random);
            foreach (var row in block.Column(0))
            {
                counts[(int)row]++;
            }
        }

        const double Chance = (double)Size / Count;
        var deviation = Math.Sqrt(Chance * (1 - Chance) / Draws);
        Assert.All(counts, (count, row) => Assert.True(
            Math.Abs((count / (double)Draws) - Chance) < 5 * deviation, $"seed {Seed}: row {row} was drawn {count} times of {Draws}"));
    }

    [Fact]
    public void Draw_OfFewerThanTheCapacity_ShortensTheColumns()
    {
        var random = new SeededRandom(6);
        var block = new SubsampleBlock(Rows(50, 2), 2, 40);
        block.Draw(40, ref random);
        block.Draw(3, ref random);
        Assert.Equal((3, 3), (block.Column(0).Length, block.Column(1).Length));
        Assert.Equal(block.Column(0).ToArray().Select(row => row + 1_000), block.Column(1).ToArray());
    }
}
