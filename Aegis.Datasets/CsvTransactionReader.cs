using System.IO.Compression;
using System.Text;
using Aegis.Core.Transactions;
using CsvHelper;

namespace Aegis.Datasets;

/// <summary>Reads transactions from CSV files, gzip or not, through a column map, line by line.</summary>
public sealed class CsvTransactionReader
{
    private readonly string _path;
    private readonly ColumnMap _map;
    private readonly CardTokeniser? _tokeniser;
    private readonly DateTimeOffset _now;

    /// <param name="path">The file; gzip where it begins with gzip's two magic bytes.</param>
    /// <param name="map">From columns to fields.</param>
    /// <param name="now">The clock that judges event times.</param>
    /// <param name="tokeniser">Exchanges card numbers; without it a card number is a fault.</param>
    /// <exception cref="DatasetException">There is no such file.</exception>
    public CsvTransactionReader(string path, ColumnMap map, DateTimeOffset now, CardTokeniser? tokeniser = null)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException($"Data file '{path}' does not exist.");
        }

        _path = path;
        _map = map;
        _now = now;
        _tokeniser = tokeniser;
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="afterLine">Skips lines up to this one; 0 or 1 reads all.</param>
    /// <exception cref="DatasetException">A column is missing, or the file is damaged or cut short.</exception>
    public IEnumerable<CsvRow> Read(long afterLine = 0)
    {
        using var csv = CsvReader.Create(OpenStream(), new CsvReaderOptions { TrackLineNumbers = true });
        var isRead = Advance(csv);
        var header = csv.Headers.ToArray();
        if (header.Length == 0)
        {
            throw new DatasetException($"Data file '{_path}' is empty; its first line must be a header.");
        }

        var cells = new FieldReader(_map, header, _path);
        for (; isRead; isRead = Advance(csv))
        {
            if (csv.LineNumber > afterLine)
            {
                yield return ReadRow(csv, header.Length, cells);
            }
        }
    }

    private Stream OpenStream()
    {
        var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var isGzip = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = 0;
        return isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private bool Advance(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or CsvFormatException)
        {
            throw new DatasetException($"Data file '{_path}' is damaged or cut short after line {csv.LineNumber}: {e.Message}", e);
        }
    }

    private CsvRow ReadRow(CsvReader csv, int columns, FieldReader cells)
    {
        var line = csv.LineNumber;
        var faults = new List<TransactionFault>();
        if (csv.FieldCount != columns)
        {
            faults.Add(TransactionFault.Of("line", Encoding.UTF8.GetString(csv.RawRecord), $"{columns} cells; this line has {csv.FieldCount}"));
            return new CsvRow(line, null, default, faults);
        }

        cells.Start(csv, line, faults);
        var card = ExchangeCard(cells.Text("card"), faults);
        var currency = cells.Text("currency");
        var transaction = new Transaction
        {
            Id = cells.Text("id"),
            EventTime = cells.Time("eventTime"),
            CardToken = card.Token,
            CardBin = card.Bin,
            CardLastFour = card.LastFour,
            AmountMinor = cells.AmountMinor("amount", currency),
            Currency = currency,
            MerchantId = cells.Text("merchantId"),
            Mcc = (int)cells.Whole("mcc"),
            Country = cells.Text("country"),
            Channel = cells.ReadChannel("channel"),
            Latitude = cells.OptionalNumber("latitude"),
            Longitude = cells.OptionalNumber("longitude"),
            DeviceId = cells.OptionalText("deviceId"),
            IpAddress = cells.OptionalText("ipAddress"),
        };
        var label = new FraudLabel(cells.OptionalText("label") is "1" or "true" or "True", cells.OptionalText("scenario"));
        if (faults.Count == 0)
        {
            TransactionValidator.Validate(transaction, _now, faults);
        }

        return new CsvRow(line, faults.Count == 0 ? transaction : null, label, faults);
    }

    private (string Token, string? Bin, string? LastFour) ExchangeCard(string card, List<TransactionFault> faults)
    {
        if (!CardNumbers.IsCardNumber(card))
        {
            return (card, null, null);
        }

        if (_tokeniser?.Tokenise(card) is { } exchanged)
        {
            return (exchanged.Token, exchanged.Bin, exchanged.LastFour);
        }

        faults.Add(TransactionFault.Of("card", card, "a token; to read card numbers, give the token key"));
        return ("", null, null);
    }
}
