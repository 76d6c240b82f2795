using System.Globalization;

namespace Aegis.Streams.Volumes;

/// <summary>Writes numbers of bytes for people.</summary>
public static class ByteCount
{
    private const double Step = 1_024;
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB"];

    /// <summary>For example <c>0 bytes</c>, <c>512 MiB</c>, <c>1.4 GiB</c>.</summary>
    public static string Text(long bytes)
    {
        if (bytes < Step)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
        }

        var (amount, unit) = (bytes / Step, 0);
        for (; amount >= Step && unit < Units.Length - 1; unit++)
        {
            amount /= Step;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{amount:0.#} {Units[unit]}");
    }
}
