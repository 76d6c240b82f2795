using System.Buffers;

namespace Aegis.MachineLearning.Bundles;

/// <summary>The rule for a bundle's version. It stands in log entries, addresses and decisions, so it is short and plain.</summary>
public static class ModelVersion
{
    /// <summary>The largest number of characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule, as error texts state it.</summary>
    public const string Allowed = "1 to 64 of the characters A-Z a-z 0-9 . _ + -, the first a letter or digit";

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-");

    /// <summary>True if a bundle may have this version.</summary>
    public static bool IsValid(string version) =>
        version.Length is >= 1 and <= MaxLength && char.IsAsciiLetterOrDigit(version[0]) && !version.AsSpan().ContainsAnyExcept(Characters);
}
