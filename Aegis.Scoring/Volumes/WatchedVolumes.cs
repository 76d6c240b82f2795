using Aegis.Streams.Volumes;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Volumes;

/// <summary>The volumes that hold the store and, where it is known, the log. One thread looks; any thread reads.</summary>
internal sealed class WatchedVolumes(IVolumes volumes, IOptions<ScoringOptions> options, TimeProvider time)
{
    private readonly VolumeLimits _limits = new(options.Value.ReserveMiB);
    private readonly Dictionary<string, FillingTrend> _trends = [];
    private volatile IReadOnlyList<VolumeState> _now = [];
    private long _changes;

    /// <summary>The volumes as they were seen last. One that cannot be seen is missing.</summary>
    public IReadOnlyList<VolumeState> Now => _now;

    /// <summary>Grows whenever a shortage or a warning begins or ends.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Which volume is short of space, in a sentence or two; null if none is.</summary>
    public string? Shortage => Join(_now.Select(state => state.Shortage));

    /// <summary>The shortage for which payments over HTTP are refused; null while they are accepted.</summary>
    public string? Refusal => _limits.RefusesPayments ? Shortage : null;

    /// <summary>Which volume fills, in a sentence or two; null if there is space for long.</summary>
    public string? Warning => Join(_now.Select(state => state.Warning));

    /// <summary>Sees what is free now.</summary>
    public void Look()
    {
        var before = _now;
        var seen = Folders().Select(folder => (folder.Holds, Volume: volumes.Find(folder.Path)))
            .Where(folder => folder.Volume is not null).GroupBy(folder => folder.Volume!.Value.MountPoint)
            .Select(group => StateOf(
                group.First().Volume!.Value, string.Join(" and ", group.Select(folder => folder.Holds)),
                before.FirstOrDefault(state => state.Volume.MountPoint == group.Key)?.IsShort ?? false)).ToList();
        _now = seen;
        if (!seen.Select(Notice).SequenceEqual(before.Select(Notice)))
        {
            Interlocked.Increment(ref _changes);
        }
    }

    private IEnumerable<(string Path, string Holds)> Folders()
    {
        yield return (Path.GetDirectoryName(Path.GetFullPath(options.Value.StorePath))!, "the store");
        if (!string.IsNullOrEmpty(options.Value.RedisFolder))
        {
            yield return (options.Value.RedisFolder, "the log");
        }
    }

    private VolumeState StateOf(Volume volume, string holds, bool wasShort)
    {
        if (!_trends.TryGetValue(volume.MountPoint, out var trend))
        {
            _trends[volume.MountPoint] = trend = new FillingTrend(time);
        }

        trend.Add(volume.FreeBytes);
        var isShort = volume.FreeBytes < (wasShort ? _limits.EnoughBytes : _limits.ShortBelowBytes);
        return new VolumeState(volume, holds, _limits, isShort, trend.TimeUntil(_limits.ShortBelowBytes));
    }

    private static (string MountPoint, bool IsShort, bool FillsSoon) Notice(VolumeState state) =>
        (state.Volume.MountPoint, state.IsShort, state.FillsSoon);

    private static string? Join(IEnumerable<string?> sentences) =>
        string.Join(' ', sentences.Where(sentence => sentence is not null)) is { Length: > 0 } text ? text : null;
}
