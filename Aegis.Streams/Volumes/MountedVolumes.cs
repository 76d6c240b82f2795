namespace Aegis.Streams.Volumes;

/// <summary>The volumes that are mounted on this machine.</summary>
public sealed class MountedVolumes : IVolumes
{
    /// <inheritdoc/>
    public Volume? Find(string folder)
    {
        try
        {
            var path = WithoutLinks(Path.GetFullPath(folder));
            return new Volume(MountPointOf(path), new DriveInfo(path).AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The longest mount point that the path lies under. Links are followed before: they lead to other volumes.</summary>
    private static string MountPointOf(string path) =>
        DriveInfo.GetDrives().Select(drive => drive.Name).Where(mount => Holds(mount, path)).MaxBy(mount => mount.Length)
            ?? Path.GetPathRoot(path)!;

    private static bool Holds(string mount, string path) =>
        path.StartsWith(mount, StringComparison.Ordinal)
            && (path.Length == mount.Length || Path.EndsInDirectorySeparator(mount) || path[mount.Length] == Path.DirectorySeparatorChar);

    private static string WithoutLinks(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        foreach (var part in path[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            // A link's target may hold links itself.
            resolved = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: false) is { } target
                ? WithoutLinks(target.FullName)
                : next;
        }

        return resolved;
    }
}
