using System.Security.Cryptography;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Appending;

/// <summary>The file that holds the key of <see cref="CardTokeniser"/>, shared by every process that meets card numbers.</summary>
public static class TokenKeyFile
{
    /// <summary>Reads the key, or makes one (mode 0600) where the file is missing; of two processes that try at once one wins.</summary>
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
