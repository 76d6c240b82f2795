namespace Aegis.Scoring.Storage;

/// <summary>Of several scoring processes one does what has to be done once for all: index segments, retention, barriers by the clock,
/// calibration. It is the owner of shard 0.</summary>
internal sealed class Caretaker
{
    /// <summary>True where it is this process.</summary>
    public bool IsHere { get; set; }
}
