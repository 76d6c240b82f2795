using System.Globalization;

namespace Aegis.AppHost;

/// <summary>Finds who listens on a TCP port, from the tables under /proc.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>For example <c>redis-server (process 4711)</c>; null if the port is free.</summary>
    public static string? Find(int port)
    {
        var inodes = Tables.Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(cells => cells.Length > 9 && cells[3] == Listening && PortOf(cells[1]) == port)
            .Select(cells => $"socket:[{cells[9]}]").ToHashSet();
        return inodes.Count == 0 ? null : HolderOf(inodes) ?? "a process of another user";
    }

    // 0100007F:1F90 is 127.0.0.1:8080.
    private static int PortOf(string address) =>
        int.TryParse(address[(address.LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)
            ? port
            : -1;

    private static string? HolderOf(HashSet<string> inodes)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => path[6..].All(char.IsAsciiDigit)))
        {
            try
            {
                if (Directory.EnumerateFiles(Path.Combine(process, "fd"))
                    .Any(fd => new FileInfo(fd).LinkTarget is { } target && inodes.Contains(target)))
                {
                    return $"{File.ReadAllText(Path.Combine(process, "comm")).Trim()} (process {process[6..]})";
                }
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                // A process of another user, or one that has just ended.
            }
        }

        return null;
    }
}
