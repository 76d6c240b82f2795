using System.Security.Cryptography;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Faults;

namespace Aegis.Scoring.Operator;

/// <summary>The contents of a backup.</summary>
/// <param name="Format">The format's number, which grows with every change.</param>
/// <param name="CreatedAt">When the backup began, UTC.</param>
/// <param name="Shards">The state of each shard.</param>
/// <param name="Producers">By Redis key, the record of the items that a shard has from a producer.</param>
/// <param name="Files">The files of the backup.</param>
internal sealed record BackupManifest(
    int Format, DateTimeOffset CreatedAt, IReadOnlyList<BackupShard> Shards, IReadOnlyDictionary<string, string> Producers,
    IReadOnlyList<BackupFile> Files)
{
    /// <summary>This release's format.</summary>
    public const int CurrentFormat = 2;

    /// <summary>Reads a backup's manifest and checks every file against it.</summary>
    /// <exception cref="BackupException">There is no backup, another release wrote it, or it is damaged.</exception>
    public static BackupManifest Read(DataLayout backup)
    {
        if (!File.Exists(backup.Manifest))
        {
            throw new BackupException($"'{backup.Root}' holds no backup.json: it is no backup, or one that was not finished.");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(backup.Manifest), AegisJson.Options)!;
            return manifest.Format != CurrentFormat
                ? throw new BackupException($"The backup has format {manifest.Format}; this release reads {CurrentFormat}.")
                : manifest.Files.FirstOrDefault(file => !file.IsWithin(backup.Root)) is { } outside
                    ? throw new BackupException($"'{outside.Path}' of the backup lies outside it; allowed: files of its own folder.")
                : manifest.Files.FirstOrDefault(file => !file.IsIntact(backup.Root)) is { } damaged
                    ? throw new BackupException($"'{damaged.Path}' of the backup is missing or damaged: its checksum does not match.")
                    : manifest;
        }
        catch (JsonException e)
        {
            throw new BackupException($"'{backup.Manifest}' is damaged: {FaultMessage.Of(e)}.");
        }
    }

    /// <summary>Writes the manifest, which completes a backup.</summary>
    public void Write(DataLayout backup)
    {
        using var file = File.Create(backup.Manifest);
        JsonSerializer.Serialize(file, this, AegisJson.Options);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>A shard in a backup.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Snapshot">The last entry that the store's snapshot covers. It is the first of the dump.</param>
/// <param name="Position">The last entry whose results are in the store.</param>
/// <param name="Entries">The number of entries in the dump.</param>
internal sealed record BackupShard(int Shard, LogPosition Snapshot, LogPosition Position, long Entries);

/// <summary>A file of a backup.</summary>
/// <param name="Path">The path relative to the backup.</param>
/// <param name="Sha256">The SHA-256 of its bytes, hexadecimal.</param>
internal sealed record BackupFile(string Path, string Sha256)
{
    /// <summary>Flushes a file to disk and describes it.</summary>
    public static BackupFile Of(string root, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return new BackupFile(System.IO.Path.GetRelativePath(root, path), Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    /// <summary>True if the path stays in the backup's folder: one that leaves it would write anywhere when it is restored.</summary>
    public bool IsWithin(string root)
    {
        var folder = System.IO.Path.GetFullPath(root) + System.IO.Path.DirectorySeparatorChar;
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(root, Path)).StartsWith(folder, StringComparison.Ordinal);
    }

    /// <summary>True if the file is unchanged.</summary>
    public bool IsIntact(string root)
    {
        var path = System.IO.Path.Combine(root, Path);
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == Sha256;
    }
}
