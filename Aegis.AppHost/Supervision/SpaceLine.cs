using System.Globalization;
using Aegis.Streams.Volumes;
using Microsoft.Extensions.Configuration;

namespace Aegis.AppHost.Supervision;

/// <summary>Says at the start if less is free than the reserve: scoring does not become healthy then, and all that waits
/// for it stays away.</summary>
internal sealed class SpaceLine(IVolumes volumes, DataFolder data, IConfiguration configuration, TextWriter console)
{
    private const int MiBShift = 20;

    // Scoring gets the same environment. It refuses a value that is no number.
    private long ReserveBytes =>
        (int.TryParse(configuration["Scoring:ReserveMiB"], CultureInfo.InvariantCulture, out var wanted) ? wanted : (long)Reserve.UsualMiB)
            << MiBShift;

    /// <summary>Prints the line, if there is reason to.</summary>
    public void Say()
    {
        if (volumes.Find(data.Root) is { } volume && volume.FreeBytes < ReserveBytes)
        {
            console.WriteLine($"  No payment over HTTP is accepted: {volume}, and the reserve is {ByteCount.Text(ReserveBytes)} (Scoring__ReserveMiB)");
        }
    }
}
