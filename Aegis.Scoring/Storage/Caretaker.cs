namespace Aegis.Scoring.Storage;

/// <summary>Tells which scoring process does the work that is done once for all processes: index segments, retention,
/// barriers by the clock, calibration. It is the owner of shard 0.</summary>
internal sealed class Caretaker
{
    /// <summary>True if this process is the caretaker.</summary>
    public bool IsHere { get; set; }
}
