namespace Aegis.Streams.Volumes;

/// <summary>A mounted file system.</summary>
/// <param name="MountPoint">Where it is mounted, such as <c>/var/lib</c>.</param>
/// <param name="FreeBytes">What this process may still write to it.</param>
public readonly record struct Volume(string MountPoint, long FreeBytes)
{
    /// <summary>For example <c>the volume /data has 1.4 GiB free</c>.</summary>
    public override string ToString() => $"the volume {MountPoint} has {ByteCount.Text(FreeBytes)} free";
}
