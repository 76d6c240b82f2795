namespace Aegis.Core.Transactions;

/// <summary>Assembles a transaction from named texts and notes the faults of each. Readers of formats only find the texts.</summary>
/// <param name="faults">Receives the faults.</param>
public abstract class TransactionFields(List<TransactionFault> faults)
{
    private readonly int _before = faults.Count;
    private string? _currency;

    /// <summary>True if faults were added to the list.</summary>
    protected bool HasFaults => faults.Count > _before;

    /// <summary>The transaction's currency; empty if it is missing.</summary>
    protected string Currency => _currency ??= Required(FieldNames.Currency);

    /// <summary>Reads every field of the next transaction. If a field cannot be read, notes a fault and uses a neutral value.</summary>
    /// <param name="tokeniser">Exchanges card numbers for tokens; null if card numbers are not allowed.</param>
    protected Transaction Assemble(CardTokeniser? tokeniser)
    {
        _currency = null;
        var card = Card(tokeniser);
        string country;
        Channel channel;
        (double? Latitude, double? Longitude) place;
        return new Transaction
        {
            CardToken = card.Token,
            CardBin = card.Bin,
            CardLastFour = card.LastFour,
            Id = Required(FieldNames.Id),
            EventTime = EventTime(),
            AmountMinor = TryRequired(FieldNames.AmountMinor, out var amount) ? AmountOf(amount) : 0,
            Currency = Currency,
            MerchantId = Clean(Required(FieldNames.MerchantId), tokeniser),
            Mcc = Mcc(),
            Country = country = Countries.ToAlpha2(Required(FieldNames.Country)),
            Channel = channel = OfChannel(),
            Latitude = (place = Place(country, channel)).Latitude,
            Longitude = place.Longitude,
            DeviceId = Find(FieldNames.DeviceId) is { } device ? Clean(device, tokeniser) : null,
            IpAddress = Find(FieldNames.IpAddress),
            Kind = KindOf((PaymentKind?)Named(FieldNames.Kind, PaymentKinds.Names, TransactionRules.AllowedKinds)),
            Authorisation = (Authorisation?)Named(
                FieldNames.Authorisation, Authorisations.Names, TransactionRules.AllowedAuthorisations),
            DeclineReason = (DeclineReason?)Named(
                FieldNames.DeclineReason, Authorisations.ReasonNames, TransactionRules.AllowedDeclineReasons),
            MerchantName = Find(FieldNames.MerchantName) is { } name ? NameOf(name, tokeniser) : null,
            Metadata = Metadata(tokeniser),
        };
    }

    /// <summary>Validates the assembled transaction. A field that could not be read gets no second fault for its neutral value.</summary>
    /// <param name="transaction">The result of <see cref="Assemble"/>.</param>
    /// <param name="now">The clock that event times are checked against, UTC.</param>
    /// <returns>The transaction; null if it has faults.</returns>
    protected Transaction? Judge(Transaction transaction, DateTimeOffset now)
    {
        if (!HasFaults)
        {
            TransactionValidator.Validate(transaction, now, faults);
            return HasFaults ? null : transaction;
        }

        var seen = faults.Skip(_before).Select(fault => fault.Field).ToHashSet();
        if (seen.Contains(FieldNames.Pan))
        {
            seen.Add(FieldNames.CardToken);
        }

        if (seen.Contains(FieldNames.EventTimeSeconds) || seen.Contains(FieldNames.EventTimeMilliseconds))
        {
            seen.Add(FieldNames.EventTime);
        }

        var found = new List<TransactionFault>();
        TransactionValidator.Validate(transaction, now, found);
        faults.AddRange(found.Where(fault => !seen.Contains(fault.Field)));
        return null;
    }

    /// <summary>Finds a field's text. If the text cannot be read, the reader notes a fault and returns null.</summary>
    /// <param name="field">One of <see cref="FieldNames"/>.</param>
    /// <returns>The text; null if the field is missing.</returns>
    protected abstract string? Find(string field);

    /// <summary>What a required field allows, for the fault of a missing one.</summary>
    protected abstract string AllowedOf(string required);

    /// <summary>Reads the card, and exchanges its number for a token if one is given.</summary>
    protected abstract (string Token, string? Bin, string? LastFour) Card(CardTokeniser? tokeniser);

    /// <summary>Reads an event's time, UTC, to the millisecond.</summary>
    protected abstract bool TryTime(string text, out DateTimeOffset time, out string allowed);

    /// <summary>Reads an amount in minor units. If it cannot be read, notes the fault and returns 0.</summary>
    protected abstract long AmountOf(string text);

    /// <summary>Reads a merchant category code.</summary>
    protected abstract bool TryMcc(string text, out int mcc, out string allowed);

    /// <summary>Reads a coordinate.</summary>
    protected abstract bool TryNumber(string field, string text, out double value, out string allowed);

    /// <summary>Reads the caller's own object; null where the format has none.</summary>
    protected virtual string? Metadata(CardTokeniser? tokeniser) => null;

    /// <summary>Reads the event's time. If it cannot be read, notes the fault and returns the default.</summary>
    protected virtual DateTimeOffset EventTime()
    {
        if (TryRequired(FieldNames.EventTime, out var text))
        {
            if (TryTime(text, out var time, out var allowed))
            {
                return time;
            }

            Fault(FieldNames.EventTime, text, allowed);
        }

        return default;
    }

    /// <summary>The kind of the payment.</summary>
    /// <param name="named">What the message says; null if it says nothing.</param>
    protected virtual PaymentKind KindOf(PaymentKind? named) => named ?? PaymentKind.Purchase;

    /// <summary>Notes a field's fault.</summary>
    protected virtual void Fault(string field, string? value, string allowed) => faults.Add(TransactionFault.Of(field, value, allowed));

    /// <summary>The card that a token names. A token that holds a card number is exchanged as the number would be.</summary>
    /// <param name="token">The token.</param>
    /// <param name="tokeniser">Exchanges card numbers; null: the token stays, and is a fault where it holds one.</param>
    protected static (string Token, string? Bin, string? LastFour) CardOf(string token, CardTokeniser? tokeniser) =>
        tokeniser is not null && CardNumbers.First(token) is { } digits && tokeniser.Tokenise(digits) is { } card
            ? (card.Token, card.Bin, card.LastFour)
            : (token, null, null);

    /// <summary>A required field's text; empty, with a fault noted, where it is missing or cannot be read.</summary>
    protected string Required(string field) => TryRequired(field, out var text) ? text : "";

    private bool TryRequired(string field, out string text)
    {
        var noted = faults.Count;
        var found = Find(field);
        text = found ?? "";
        if (found is null && faults.Count == noted)
        {
            Fault(field, null, AllowedOf(field));
        }

        return found is not null;
    }

    private static string Clean(string identifier, CardTokeniser? tokeniser) => tokeniser?.Clean(identifier) ?? identifier;

    private static string NameOf(string text, CardTokeniser? tokeniser)
    {
        var name = MerchantNames.Normalise(text);
        return tokeniser?.Clean(name, MerchantNames.MaxLength) ?? name;
    }

    /// <summary>The index of an optional field's text among names; null if it is missing or none of them.</summary>
    private int? Named(string field, string[] names, string allowed)
    {
        if (Find(field) is not { } text)
        {
            return null;
        }

        var index = Array.FindIndex(names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            Fault(field, text, allowed);
        }

        return index < 0 ? null : index;
    }

    private int Mcc()
    {
        if (TryRequired(FieldNames.Mcc, out var text))
        {
            if (TryMcc(text, out var mcc, out var allowed))
            {
                return mcc;
            }

            Fault(FieldNames.Mcc, text, allowed);
        }

        return 0;
    }

    private Channel OfChannel()
    {
        var channel = default(Channel);
        if (TryRequired(FieldNames.Channel, out var text) && !Channels.TryParse(text, out channel))
        {
            Fault(FieldNames.Channel, text, TransactionRules.AllowedChannels);
        }

        return channel;
    }

    /// <summary>The place; missing where it cannot be one: a payment is worth deciding without it.</summary>
    private (double? Latitude, double? Longitude) Place(string country, Channel channel)
    {
        var (latitude, longitude) = (Number(FieldNames.Latitude), Number(FieldNames.Longitude));
        if (latitude is { } y && longitude is { } x && ImpossiblePlaces.ReasonOf(y, x, country, channel) is { } reason)
        {
            InputMetrics.PlacesLeftOut.Add(1, KeyValuePair.Create<string, object?>("reason", reason));
            return (null, null);
        }

        return (latitude, longitude);
    }

    private double? Number(string field)
    {
        if (Find(field) is { } text)
        {
            if (TryNumber(field, text, out var value, out var allowed))
            {
                return value;
            }

            Fault(field, text, allowed);
        }

        return null;
    }
}
