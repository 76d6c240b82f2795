using Aegis.Streams.Volumes;

namespace Aegis.Tests;

/// <summary>Volumes on which is free what a test says. A folder lies on the volume of the longest mount point above it.</summary>
internal sealed class ScriptedVolumes : IVolumes
{
    private const long MiB = 1 << 20;

    private readonly Dictionary<string, long> _freeBytes = [];
    private readonly Lock _lock = new();

    /// <summary>Says what is free on a volume, in MiB; null takes the volume away.</summary>
    public double? this[string mountPoint]
    {
        set
        {
            lock (_lock)
            {
                _freeBytes.Remove(mountPoint);
                if (value is { } mebibytes)
                {
                    _freeBytes.Add(mountPoint, (long)(mebibytes * MiB));
                }
            }
        }
    }

    public Volume? Find(string folder)
    {
        lock (_lock)
        {
            return _freeBytes.Where(volume => folder.StartsWith(volume.Key, StringComparison.Ordinal))
                .OrderByDescending(volume => volume.Key.Length)
                .Select(volume => (Volume?)new Volume(volume.Key, volume.Value)).FirstOrDefault();
        }
    }
}
