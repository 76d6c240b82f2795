using System.Globalization;
using Aegis.Core.Transactions;
using CsvHelper;

namespace Aegis.Datasets;

/// <summary>Reads mapped fields of the current line and notes what is wrong with them.</summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, (FieldMap Map, int Column)> _fields = [];
    private CsvReader _csv = null!;
    private List<TransactionFault> _faults = null!;
    private long _line;

    public FieldReader(ColumnMap map, string[] header, string path)
    {
        foreach (var (field, source) in map.Fields())
        {
            var column = source.Column is null ? -1 : Array.IndexOf(header, source.Column);
            if (source.Column is not null && column < 0 && source.Constant is null)
            {
                throw new DatasetException($"Map '{map.Name}' takes '{field}' from column '{source.Column}', which '{path}' lacks; its columns are {string.Join(", ", header)}.");
            }

            _fields[field] = (source, column);
        }
    }

    public void Start(CsvReader csv, long line, List<TransactionFault> faults) => (_csv, _line, _faults) = (csv, line, faults);

    public string? OptionalText(string field)
    {
        if (!_fields.TryGetValue(field, out var source))
        {
            return null;
        }

        if (source.Map.Template is { } template)
        {
            return template.Replace("{line}", _line.ToString(), StringComparison.Ordinal);
        }

        var cell = source.Column < 0 ? null : _csv.GetString(source.Column);
        if (source.Map.Values is { } values && cell is not null)
        {
            cell = values.GetValueOrDefault(cell);
        }

        return string.IsNullOrEmpty(cell) ? source.Map.Constant : cell;
    }

    public string Text(string field)
    {
        var text = OptionalText(field);
        if (text is null)
        {
            Fault(field, null, "a value");
        }

        return text ?? "";
    }

    public long Whole(string field)
    {
        var text = Text(field);
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            Fault(field, text, "a whole number");
        }

        return value;
    }

    public double? OptionalNumber(string field)
    {
        var text = OptionalText(field);
        if (text is null)
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            Fault(field, text, "a number with a decimal point");
        }

        return value;
    }

    public long AmountMinor(string field, string currency)
    {
        var text = Text(field);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            Fault(field, text, "a number with a decimal point");
            return 0;
        }

        var isMajor = _fields[field].Map.Unit == "major";
        var minor = isMajor && Currencies.IsKnown(currency) ? value * (decimal)Math.Pow(10, Currencies.DecimalsOf(currency)) : value;
        // Some files write binary fractions out: 85.64999999999999 is 85.65.
        var whole = decimal.Round(minor);
        if (Math.Abs(minor - whole) > 0.001m || Math.Abs(whole) > TransactionValidator.LargestAmountMinor)
        {
            Fault(field, text, $"whole {(isMajor ? "minor units of the currency" : "minor units")}, at most {TransactionValidator.LargestAmountMinor}");
            return 0;
        }

        return (long)whole;
    }

    public Channel ReadChannel(string field)
    {
        var text = Text(field);
        if (!Channels.TryParse(text, out var channel))
        {
            Fault(field, text, string.Join(", ", Channels.Names));
        }

        return channel;
    }

    public DateTimeOffset Time(string field)
    {
        var text = Text(field);
        var format = _fields[field].Map.Format ?? "iso";
        var time = default(DateTimeOffset);
        var isRead = format switch
        {
            "unix-seconds" => TryUnix(text, 1000, out time),
            "unix-milliseconds" => TryUnix(text, 1, out time),
            "iso" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time),
            _ => DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time),
        };
        if (!isRead)
        {
            Fault(field, text, $"a time written as {format}");
        }

        return time;
    }

    private static bool TryUnix(string text, long milliseconds, out DateTimeOffset time)
    {
        time = default;
        const long Latest = 253_402_300_799_999;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value < 0 || value > Latest / milliseconds)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeMilliseconds(value * milliseconds);
        return true;
    }

    private void Fault(string field, string? value, string allowed) => _faults.Add(TransactionFault.Of(field, value, allowed));
}
