namespace Aegis.Scoring.Volumes;

/// <summary>When a volume is short of space. The end of a shortage takes a tenth more than its beginning, so that a
/// volume at the limit does not change with every file.</summary>
/// <param name="reserveMiB">The free space that is kept; 0 for none.</param>
internal sealed class VolumeLimits(int reserveMiB)
{
    private const long MiB = 1 << 20;

    // Without a reserve nothing is refused, but a volume that is as good as full is still named as the cause of faults.
    private const int FullMiB = 64;

    /// <summary>True if payments are refused while a volume is short of space.</summary>
    public bool RefusesPayments => reserveMiB > 0;

    /// <summary>A volume with less free space is short of it.</summary>
    public long ShortBelowBytes { get; } = (reserveMiB > 0 ? reserveMiB : FullMiB) * MiB;

    /// <summary>A volume that was short of space has enough from here on.</summary>
    public long EnoughBytes => ShortBelowBytes + (ShortBelowBytes / 10);
}
