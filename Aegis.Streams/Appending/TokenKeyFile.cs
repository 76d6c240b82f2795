using System.Security.Cryptography;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Appending;

/// <summary>The file with the key of <see cref="CardTokeniser"/>. Every process that meets card numbers shares it.</summary>
public static class TokenKeyFile
{
    /// <summary>Reads the key, or makes one (mode 0600) if the file is missing. If two processes try at once, one wins.</summary>
    /// <exception cref="InvalidDataException">The file has another length.</exception>
    public static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == CardTokeniser.KeyBytes
            ? key
            : throw new InvalidDataException($"Token key file '{path}' has {key.Length} bytes; allowed: {CardTokeniser.KeyBytes}.");
    }

    private static void Create(string path)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var partial = $"{path}.{Environment.ProcessId}";
        PrivateFile.Write(partial, FileMode.Create, RandomNumberGenerator.GetBytes(CardTokeniser.KeyBytes));
        try
        {
            File.Move(partial, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(partial);
        }
    }
}
