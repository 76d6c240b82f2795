using System.Diagnostics.Metrics;
using Aegis.Scoring;
using Aegis.Scoring.Volumes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.Scoring.Volumes;

public sealed class VolumeWatchTests : IDisposable
{
    private static readonly string MeterName = $"tests.{nameof(VolumeWatchTests)}";

    private readonly ScriptedVolumes _volumes = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ScoringTelemetry _telemetry = new(MeterName);
    private readonly RecordedLog<VolumeWatch> _log = new();
    private readonly VolumeWatch _watch;

    public VolumeWatchTests()
    {
        var options = Options.Create(new ScoringOptions { StorePath = "/data/store/aegis.db", RedisFolder = "/data/redis" });
        _watch = new VolumeWatch(new WatchedVolumes(_volumes, options, _time), _telemetry, _time, _log);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _telemetry.Dispose();
    }

    [Fact]
    public void AShortage_IsLoggedOnceWhereItBeginsAndOnceWhereItEnds()
    {
        _volumes["/"] = 100;
        _watch.Look();
        Look(5);
        var begin = Assert.Single(_log.Events);
        Assert.Equal((2701, LogLevel.Error), (begin.Id, begin.Level));
        Assert.Contains("The volume /, which holds the store and the log, has 100 MiB free", begin.Message, StringComparison.Ordinal);
        _volumes["/"] = 800;
        Look(5);
        Assert.Equal(2, _log.Events.Count);
        Assert.Equal((2702, LogLevel.Information), (_log.Events[1].Id, _log.Events[1].Level));
        Assert.Contains("has 800 MiB free.", _log.Events[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AVolumeThatFills_IsWarnedOfOnceAnHour()
    {
        _volumes["/"] = 20_000;
        _watch.Look();
        // A MiB a second lasts for more than five hours: half an hour must have been seen before that is said.
        for (var second = 1; second <= 2 * 3_600; second++)
        {
            _volumes["/"] = 20_000 - second;
            Look(1);
        }

        Assert.Equal([2703, 2703], _log.Events.Select(logged => logged.Id));
        Assert.All(_log.Events, logged => Assert.Contains("and fills", logged.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Gauges_TellWhatIsFreeAndHowLongItLasts()
    {
        _volumes["/"] = 20_000;
        var measured = new Dictionary<string, (double Value, object? Volume)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == _telemetry.Meter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((gauge, value, tags, _) => measured[gauge.Name] = (value, tags[0].Value));
        listener.SetMeasurementEventCallback<double>((gauge, value, tags, _) => measured[gauge.Name] = (value, tags[0].Value));
        listener.Start();
        _watch.Look();
        listener.RecordObservableInstruments();
        Assert.Equal(["aegis.volume.free"], measured.Keys);
        Assert.Equal((20_000.0 * (1 << 20), "/"), measured["aegis.volume.free"]);
        for (var second = 1; second <= 3_600; second++)
        {
            _volumes["/"] = 20_000 - second;
            Look(1);
        }

        listener.RecordObservableInstruments();
        Assert.Equal((20_000.0 - 3_600 - 512) / 3_600, measured["aegis.volume.time_left"].Value, tolerance: 0.05);
    }

    /// <summary>Looks so many times more, once a second.</summary>
    private void Look(int times)
    {
        for (var look = 0; look < times; look++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _watch.Look();
        }
    }
}
