using System.Diagnostics.Metrics;

namespace Aegis.Scoring.Volumes;

/// <summary>Looks at the volumes once a second. It logs when one becomes short of space, when it has enough again, and
/// while it fills.</summary>
internal sealed partial class VolumeWatch : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarningPause = TimeSpan.FromHours(1);

    private readonly WatchedVolumes _volumes;
    private readonly TimeProvider _time;
    private readonly ILogger<VolumeWatch> _logger;
    private readonly HashSet<string> _short = [];
    private readonly Dictionary<string, long> _warned = [];

    public VolumeWatch(WatchedVolumes volumes, ScoringTelemetry telemetry, TimeProvider time, ILogger<VolumeWatch> logger)
    {
        (_volumes, _time, _logger) = (volumes, time, logger);
        telemetry.Meter.CreateObservableGauge(
            "aegis.volume.free", () => volumes.Now.Select(state => Measure(state.Volume.FreeBytes, state)), "By",
            "Free space of the volumes that hold the store and the log.");
        telemetry.Meter.CreateObservableGauge(
            "aegis.volume.time_left",
            () => volumes.Now.Where(state => state.TimeLeft is not null).Select(state => Measure(state.TimeLeft!.Value.TotalHours, state)),
            "h", "Time until a volume that fills is short of space, at the present rate.");
    }

    /// <summary>Looks once, and says what has changed.</summary>
    public void Look()
    {
        _volumes.Look();
        foreach (var state in _volumes.Now)
        {
            var mountPoint = state.Volume.MountPoint;
            if (state.Shortage is { } shortage && _short.Add(mountPoint))
            {
                LogShortage(shortage);
            }
            else if (!state.IsShort && _short.Remove(mountPoint))
            {
                LogEnough(state.Space);
            }

            if (state.Warning is { } warning && IsDue(mountPoint))
            {
                _warned[mountPoint] = _time.GetTimestamp();
                LogFilling(warning);
            }
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The first request must already meet what is free.
        Look();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    private static Measurement<T> Measure<T>(T value, VolumeState state)
        where T : struct => new(value, new KeyValuePair<string, object?>("volume", state.Volume.MountPoint));

    private bool IsDue(string mountPoint) =>
        !_warned.TryGetValue(mountPoint, out var last) || _time.GetElapsedTime(last) >= WarningPause;

    [LoggerMessage(2701, LogLevel.Error, "Short of space: {Shortage}")]
    private partial void LogShortage(string shortage);

    [LoggerMessage(2702, LogLevel.Information, "There is space again: {Space}")]
    private partial void LogEnough(string space);

    [LoggerMessage(2703, LogLevel.Warning, "Space runs out: {Warning}")]
    private partial void LogFilling(string warning);
}
