using Aegis.Scoring;
using Aegis.Scoring.Volumes;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.Scoring.Volumes;

public sealed class WatchedVolumesTests
{
    private readonly ScriptedVolumes _volumes = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Look_AtFoldersOfOneVolume_SeesItOnce()
    {
        _volumes["/"] = 2_048;
        var state = Assert.Single(Looked(Watched()).Now);
        Assert.Equal("The volume /, which holds the store and the log, has 2 GiB free.", state.Space);
        Assert.Equal((false, null, null), (state.IsShort, state.Shortage, state.Warning));
    }

    [Fact]
    public void Look_AtTwoVolumes_SeesEachWithWhatItHolds()
    {
        (_volumes["/data/store"], _volumes["/data/redis"]) = (2_048, 10);
        var watched = Looked(Watched());
        Assert.Equal(["the store", "the log"], watched.Now.Select(state => state.Holds));
        Assert.Equal(
            "The volume /data/redis, which holds the log, has 10 MiB free, and the reserve is 512 MiB: payments over HTTP are refused until 563.2 MiB are free.",
            watched.Refusal);
    }

    [Fact]
    public void Look_WithoutAFolderOfTheLog_WatchesTheStoreAlone()
    {
        (_volumes["/data/store"], _volumes["/data/redis"]) = (2_048, 10);
        var watched = Looked(Watched(redisFolder: null));
        Assert.Equal(["the store"], watched.Now.Select(state => state.Holds));
        Assert.Null(watched.Refusal);
    }

    [Fact]
    public void Look_AtAVolumeThatIsGone_RefusesNothing()
    {
        _volumes["/"] = 1;
        var watched = Looked(Watched());
        Assert.NotNull(watched.Refusal);
        _volumes["/"] = null;
        watched.Look();
        Assert.Null(watched.Refusal);
        Assert.Empty(watched.Now);
    }

    [Fact]
    public void Refusal_BeginsBelowTheReserve_AndEndsATenthAboveIt()
    {
        var watched = Watched(reserveMiB: 100);
        foreach (var (free, isRefused) in new[] { (100, false), (99.9, true), (100, true), (109.9, true), (110, false), (100, false) })
        {
            _volumes["/"] = free;
            watched.Look();
            Assert.Equal((free, isRefused), (free, watched.Refusal is not null));
        }
    }

    [Fact]
    public void Refusal_WithoutAReserve_NeverComes_ButAFullVolumeIsNamed()
    {
        _volumes["/"] = 63;
        var watched = Looked(Watched(reserveMiB: 0));
        Assert.Null(watched.Refusal);
        Assert.Equal("The volume /, which holds the store and the log, has 63 MiB free.", watched.Shortage);
        _volumes["/"] = 80;
        watched.Look();
        Assert.Null(watched.Shortage);
    }

    [Fact]
    public void Changes_GrowWhereAShortageBeginsOrEnds()
    {
        _volumes["/"] = 1_000;
        var watched = Looked(Watched());
        var first = watched.Changes;
        _volumes["/"] = 900;
        watched.Look();
        Assert.Equal(first, watched.Changes);
        _volumes["/"] = 500;
        watched.Look();
        Assert.Equal(first + 1, watched.Changes);
        _volumes["/"] = 900;
        watched.Look();
        Assert.Equal(first + 2, watched.Changes);
    }

    [Fact]
    public void Warning_ComesHoursAhead_AndGivesWayToTheShortage()
    {
        var watched = Watched();
        var (warnedAt, refusedAt) = (-1, -1);
        // 5 MiB a minute: 6,000 MiB last for twenty hours.
        for (var minute = 0; refusedAt < 0; minute++)
        {
            _volumes["/"] = 6_512 - (5 * minute);
            watched.Look();
            warnedAt = warnedAt < 0 && watched.Warning is not null ? minute : warnedAt;
            refusedAt = watched.Refusal is not null ? minute : refusedAt;
            Assert.False(watched.Warning is not null && watched.Refusal is not null);
            if (minute == 120)
            {
                Assert.Equal("The volume /, which holds the store and the log, has 5.8 GiB free, and fills: at the present rate no more than 512 MiB are left in 18.0 hours.", watched.Warning);
            }

            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(warnedAt, 60, 120);
        Assert.Equal(1_201, refusedAt);
    }

    private WatchedVolumes Watched(int reserveMiB = 512, string? redisFolder = "/data/redis") => new(
        _volumes, Options.Create(new ScoringOptions
            { StorePath = "/data/store/aegis.db", RedisFolder = redisFolder, ReserveMiB = reserveMiB }), _time);

    private static WatchedVolumes Looked(WatchedVolumes watched)
    {
        watched.Look();
        return watched;
    }
}
