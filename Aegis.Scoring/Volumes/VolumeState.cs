using Aegis.Streams.Volumes;

namespace Aegis.Scoring.Volumes;

/// <summary>A volume that the service depends on, as it was seen last.</summary>
/// <param name="Volume">Where it is mounted, and what is free.</param>
/// <param name="Holds">What lies on it, such as <c>the store and the log</c>.</param>
/// <param name="Limits">When it is short of space.</param>
/// <param name="IsShort">True if it is short of space.</param>
/// <param name="TimeLeft">The time until it is, at the present rate; null if it does not fill or is watched too shortly.</param>
internal sealed record VolumeState(Volume Volume, string Holds, VolumeLimits Limits, bool IsShort, TimeSpan? TimeLeft)
{
    /// <summary>A volume that will be short of space within this time is warned of.</summary>
    public static readonly TimeSpan WarningTime = TimeSpan.FromHours(24);

    /// <summary>True if it fills and will be short of space soon.</summary>
    public bool FillsSoon => !IsShort && TimeLeft <= WarningTime;

    /// <summary>A sentence: which volume, what it holds, what is free.</summary>
    public string Space => $"{Subject}.";

    /// <summary>Says what is free and what is needed; null unless it is short of space.</summary>
    public string? Shortage => !IsShort ? null
        : Limits.RefusesPayments
        ? $"{Subject}, and the reserve is {ByteCount.Text(Limits.ShortBelowBytes)}: payments over HTTP are refused until {ByteCount.Text(Limits.EnoughBytes)} are free."
        : Space;

    /// <summary>Says how long the space lasts; null unless the volume fills and will be short of space soon.</summary>
    public string? Warning => FillsSoon
        ? $"{Subject}, and fills: at the present rate no more than {ByteCount.Text(Limits.ShortBelowBytes)} are left in {TimeLeft!.Value.TotalHours:0.0} hours."
        : null;

    private string Subject => $"The volume {Volume.MountPoint}, which holds {Holds}, has {ByteCount.Text(Volume.FreeBytes)} free";
}
