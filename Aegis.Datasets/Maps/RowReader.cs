using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using CsvHelper;

namespace Aegis.Datasets.Maps;

/// <summary>Reads the mapped fields of one line after another and notes what is wrong with them.</summary>
internal sealed class RowReader
{
    private readonly Dictionary<string, FieldSource> _sources = [];
    private readonly FieldSource _id, _eventTime, _card, _amount, _currency, _merchantId, _mcc, _country, _channel;
    private readonly FieldSource? _latitude, _longitude, _deviceId, _ipAddress, _label, _scenario;
    private readonly List<TransactionFault> _faults = [];
    private CsvReader _cells;
    private long _line;

    /// <exception cref="DatasetException">The file lacks a column that the map takes a field from.</exception>
    public RowReader(ColumnMap map, CsvFile file, string path)
    {
        _cells = file.Cells;
        foreach (var (target, field) in map.Fields)
        {
            _sources[target.Name] = FieldSource.Bind(map, target, field, file, path);
        }

        (_id, _eventTime, _card) = (Of(TargetField.Id), Of(TargetField.EventTime), Of(TargetField.Card));
        (_amount, _currency, _merchantId) = (Of(TargetField.Amount), Of(TargetField.Currency), Of(TargetField.MerchantId));
        (_mcc, _country, _channel) = (Of(TargetField.Mcc), Of(TargetField.Country), Of(TargetField.Channel));
        (_latitude, _longitude) = (Find(TargetField.Latitude), Find(TargetField.Longitude));
        (_deviceId, _ipAddress) = (Find(TargetField.DeviceId), Find(TargetField.IpAddress));
        (_label, _scenario) = (Find(TargetField.Label), Find(TargetField.Scenario));
    }

    /// <summary>Reads the current line.</summary>
    /// <param name="file">Stands on the line.</param>
    /// <param name="tokeniser">Exchanges card numbers; without it a card number is a fault.</param>
    /// <param name="now">The clock that judges event times.</param>
    public CsvLine Read(CsvFile file, CardTokeniser? tokeniser, DateTimeOffset now)
    {
        (_cells, _line) = (file.Cells, file.Line);
        _faults.Clear();
        var (token, bin, lastFour) = ExchangeCard(Required(_card), tokeniser);
        var currency = Required(_currency);
        var transaction = new Transaction
        {
            Id = Required(_id),
            EventTime = ReadTime(),
            CardToken = token,
            CardBin = bin,
            CardLastFour = lastFour,
            AmountMinor = ReadAmount(currency),
            Currency = currency,
            MerchantId = Required(_merchantId),
            Mcc = ReadMcc(),
            Country = Required(_country),
            Channel = ReadChannel(),
            Latitude = ReadNumber(_latitude),
            Longitude = ReadNumber(_longitude),
            DeviceId = Optional(_deviceId),
            IpAddress = Optional(_ipAddress),
        };
        var label = new FraudLabel(ReadLabel(), Optional(_scenario));
        if (_faults.Count == 0)
        {
            TransactionValidator.Validate(transaction, now, _faults);
        }

        return _faults.Count == 0 ? new CsvLine(_line, transaction, label, []) : new CsvLine(_line, null, label, [.. _faults.Select(Locate)]);
    }

    private FieldSource Of(TargetField field) => _sources[field.Name];

    private FieldSource? Find(TargetField field) => _sources.GetValueOrDefault(field.Name);

    private CsvFault Locate(TransactionFault fault) =>
        new(fault, TargetField.OfMessage(fault.Field) is { } target ? _sources.GetValueOrDefault(target.Name)?.ShownColumn : null);

    private string? Optional(FieldSource? source)
    {
        if (source is null)
        {
            return null;
        }

        var text = source.Read(_cells, _line, out var unknown);
        if (unknown is not null)
        {
            Fault(source, unknown, $"what the map's values hold: {CsvFile.Shown([.. source.Map.Values!.Keys])}");
        }

        return text;
    }

    private string Required(FieldSource source)
    {
        var faults = _faults.Count;
        var text = Optional(source);
        if (text is null && _faults.Count == faults)
        {
            Fault(source, null, "a value");
        }

        return text ?? "";
    }

    private (string Token, string? Bin, string? LastFour) ExchangeCard(string card, CardTokeniser? tokeniser)
    {
        if (!CardNumbers.IsCardNumber(card))
        {
            return (card, null, null);
        }

        if (tokeniser?.Tokenise(card) is { } exchanged)
        {
            return (exchanged.Token, exchanged.Bin, exchanged.LastFour);
        }

        Fault(_card, card, "a token; to read card numbers, give the token key");
        return ("", null, null);
    }

    private DateTimeOffset ReadTime()
    {
        var text = Required(_eventTime);
        var time = default(DateTimeOffset);
        if (text.Length > 0 && !_eventTime.Map.Time.TryParse(text, out time))
        {
            Fault(_eventTime, text, _eventTime.Map.Time.Allowed);
        }

        return time;
    }

    private long ReadAmount(string currency)
    {
        var text = Required(_amount);
        if (text.Length == 0)
        {
            return 0;
        }

        if (!_amount.Map.Number.TryParse(text, out decimal value))
        {
            Fault(_amount, text, _amount.Map.Number.Allowed);
            return 0;
        }

        var isMajor = _amount.Map.IsMajor;
        if (isMajor && !Currencies.IsKnown(currency))
        {
            Fault(_currency, currency, FieldText.Refusal(FieldKind.Currency, _currency.Map, currency)!);
            return 0;
        }

        // Before scaling, which could overflow.
        var minor = Math.Abs(value) > TransactionValidator.LargestAmountMinor ? value : isMajor ? value * (decimal)Math.Pow(10, Currencies.DecimalsOf(currency)) : value;
        // Some files write binary fractions out: 85.64999999999999 is 85.65.
        var whole = decimal.Round(minor);
        if (Math.Abs(minor - whole) > 0.001m || Math.Abs(whole) > TransactionValidator.LargestAmountMinor)
        {
            Fault(_amount, text, $"whole {(isMajor ? "minor units of the currency" : "minor units")}, at most {TransactionValidator.LargestAmountMinor}");
            return 0;
        }

        return (long)whole;
    }

    private int ReadMcc()
    {
        var text = Required(_mcc);
        var mcc = 0;
        if (text.Length > 0 && !FieldText.TryMcc(text, out mcc))
        {
            Fault(_mcc, text, FieldText.McCodes);
        }

        return mcc;
    }

    private Channel ReadChannel()
    {
        var text = Required(_channel);
        if (!Channels.TryParse(text, out var channel) && text.Length > 0)
        {
            Fault(_channel, text, string.Join(", ", Channels.Names));
        }

        return channel;
    }

    private double? ReadNumber(FieldSource? source)
    {
        if (Optional(source) is not { } text)
        {
            return null;
        }

        if (source!.Map.Number.TryParse(text, out double value))
        {
            return value;
        }

        Fault(source, text, source.Map.Number.Allowed);
        return null;
    }

    /// <summary>False where the map names no label.</summary>
    private bool ReadLabel()
    {
        if (_label is null)
        {
            return false;
        }

        var text = Required(_label);
        var isFraud = false;
        if (text.Length > 0 && !_label.Map.Labels.TryParse(text, out isFraud))
        {
            Fault(_label, text, _label.Map.Labels.Allowed);
        }

        return isFraud;
    }

    private void Fault(FieldSource source, string? value, string allowed) => _faults.Add(TransactionFault.Of(source.Target.Name, value, allowed));
}
