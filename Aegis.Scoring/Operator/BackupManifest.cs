using System.Security.Cryptography;
using System.Text.Json;
using Aegis.Core.Decisions;

namespace Aegis.Scoring.Operator;

/// <summary>What a backup holds.</summary>
/// <param name="Format">Grows with every change.</param>
/// <param name="CreatedAt">When it was begun, UTC.</param>
/// <param name="Shards">Where each shard stands in it.</param>
/// <param name="Producers">What each shard had of each producer's items, by Redis key.</param>
/// <param name="Files">Its files.</param>
internal sealed record BackupManifest(
    int Format, DateTimeOffset CreatedAt, IReadOnlyList<BackupShard> Shards, IReadOnlyDictionary<string, string> Producers,
    IReadOnlyList<BackupFile> Files)
{
    /// <summary>This release's format.</summary>
    public const int CurrentFormat = 2;

    /// <summary>Reads a backup's manifest and checks every file against it.</summary>
    /// <exception cref="BackupException">No backup, another release's, or damaged.</exception>
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
                : manifest.Files.FirstOrDefault(file => !file.IsIntact(backup.Root)) is { } damaged
                    ? throw new BackupException($"'{damaged.Path}' of the backup is missing or damaged: its checksum does not match.")
                    : manifest;
        }
        catch (JsonException e)
        {
            throw new BackupException($"'{backup.Manifest}' is damaged: {e.Message}");
        }
    }

    /// <summary>Completes a backup.</summary>
    public void Write(DataLayout backup)
    {
        using var file = File.Create(backup.Manifest);
        JsonSerializer.Serialize(file, this, AegisJson.Options);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>A shard in a backup.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Snapshot">The entry up to which the store's snapshot remembers: the first of the dump.</param>
/// <param name="Position">The last entry whose results are in the store.</param>
/// <param name="Entries">Entries in the dump.</param>
internal sealed record BackupShard(int Shard, LogPosition Snapshot, LogPosition Position, long Entries);

/// <summary>A file of a backup.</summary>
/// <param name="Path">Relative to the backup.</param>
/// <param name="Sha256">Of its bytes, hexadecimal.</param>
internal sealed record BackupFile(string Path, string Sha256)
{
    /// <summary>A file as it is now, safe on disk.</summary>
    public static BackupFile Of(string root, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return new BackupFile(System.IO.Path.GetRelativePath(root, path), Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    /// <summary>True where it is what it was.</summary>
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
