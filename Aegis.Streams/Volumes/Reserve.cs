namespace Aegis.Streams.Volumes;

/// <summary>The free space that is kept for what has been accepted.</summary>
public static class Reserve
{
    /// <summary>The setting's usual value, in MiB.</summary>
    public const int UsualMiB = 512;
}
