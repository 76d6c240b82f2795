using System.IO.Compression;
using Aegis.Core.Transactions;
using CsvHelper;

namespace Aegis.Datasets.Files;

/// <summary>Writes labelled transactions in the form that the native map reads; as gzip if the path ends in <c>.gz</c>.</summary>
public sealed class CsvTransactionWriter : IDisposable
{
    private static readonly string[] Header =
    [
        "id", "eventTime", "card", "amountMinor", "currency", "merchantId", "mcc", "country", "channel", "latitude", "longitude",
        "deviceId", "ipAddress", "kind", "authorisation", "declineReason", "merchantName", "isFraud", "scenario",
    ];

    private readonly CsvWriter _csv;

    /// <param name="path">The file; an existing one is replaced.</param>
    public CsvTransactionWriter(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Stream stream = File.Create(path);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream = new GZipStream(stream, CompressionLevel.Fastest);
        }

        _csv = CsvWriter.Create(stream);
        _csv.WriteRecord(Header);
    }

    /// <summary>Writes one line.</summary>
    public void Write(LabelledTransaction row)
    {
        var t = row.Transaction;
        _csv.WriteRecord(
        [
            t.Id, t.EventTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"), t.CardToken, t.AmountMinor.ToString(), t.Currency,
            t.MerchantId, t.Mcc.ToString("D4"), t.Country,
            t.Channel.Name(), t.Latitude?.ToString("R") ?? "", t.Longitude?.ToString("R") ?? "", t.DeviceId ?? "", t.IpAddress ?? "",
            t.Kind.Name(), t.Authorisation?.Name() ?? "", t.DeclineReason?.Name() ?? "", t.MerchantName ?? "",
            row.Label.IsFraud ? "1" : "0", row.Label.Scenario ?? "",
        ]);
    }

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();
}
