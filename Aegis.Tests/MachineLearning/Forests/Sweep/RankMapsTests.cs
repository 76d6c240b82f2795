using Aegis.MachineLearning.Forests.Sweep;

namespace Aegis.Tests.MachineLearning.Forests.Sweep;

public sealed class RankMapsTests
{
    [Fact]
    public void Close_NumbersTheGroupsThresholdsFromTheLowestByte()
    {
        var maps = new RankMaps([4, 2]);
        Assert.True(maps.TryAdd(0, 1));
        Assert.True(maps.TryAdd(0, 3));
        Assert.True(maps.TryAdd(1, 0));
        maps.Keep();
        // Of a value that reaches 0, 1, 2, 3 or 4 of all thresholds: how many of thresholds 1 and 3 it reaches.
        var closed = maps.Close();
        Assert.Equal([-128, -128, -127, -127, -126], closed[0]);
        Assert.Equal([-128, -127, -127], closed[1]);
    }

    [Fact]
    public void TryAdd_OfThe256thThreshold_IsFalse()
    {
        var maps = new RankMaps([300]);
        for (var threshold = 0; threshold < 255; threshold++)
        {
            Assert.True(maps.TryAdd(0, threshold));
            // The same one again takes no number.
            Assert.True(maps.TryAdd(0, threshold));
        }

        Assert.False(maps.TryAdd(0, 255));
    }

    [Fact]
    public void TryAdd_CountsEachColumnAlone()
    {
        var maps = new RankMaps([255, 255]);
        for (var threshold = 0; threshold < 255; threshold++)
        {
            Assert.True(maps.TryAdd(0, threshold));
            Assert.True(maps.TryAdd(1, threshold));
        }
    }

    [Fact]
    public void Drop_TakesOutWhatWasAddedSinceKeep_AndNothingElse()
    {
        var maps = new RankMaps([300]);
        Assert.True(maps.TryAdd(0, 7));
        maps.Keep();
        for (var threshold = 20; threshold < 274; threshold++)
        {
            Assert.True(maps.TryAdd(0, threshold));
        }

        Assert.False(maps.TryAdd(0, 299));
        maps.Drop();
        Assert.True(maps.TryAdd(0, 9));
        maps.Keep();
        var map = maps.Close()[0];
        Assert.Equal((-128, -127, -127, -126, -126), (map[7], map[8], map[9], map[10], map[300]));
    }

    [Fact]
    public void Close_BeginsAGroupWithoutThresholds()
    {
        var maps = new RankMaps([300]);
        for (var threshold = 0; threshold < 255; threshold++)
        {
            maps.TryAdd(0, threshold);
        }

        maps.Keep();
        Assert.Equal(127, maps.Close()[0][300]);
        for (var threshold = 45; threshold < 300; threshold++)
        {
            Assert.True(maps.TryAdd(0, threshold));
        }

        maps.Keep();
        var map = maps.Close()[0];
        Assert.Equal((-128, -127, 127), (map[45], map[46], map[300]));
        Assert.All(maps.Close()[0], rank => Assert.Equal(-128, rank));
    }
}
