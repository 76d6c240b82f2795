namespace Aegis.Rules.Names;

/// <summary>Where the value of a name comes from.</summary>
internal enum RuleSource : byte
{
    /// <summary>The feature of <see cref="RuleName.Feature"/>.</summary>
    Feature,

    /// <summary>The amount in the reference currency.</summary>
    Amount,

    /// <summary>The amount as it was sent.</summary>
    AmountMinor,

    /// <summary>The hour of day, UTC.</summary>
    Hour,

    /// <summary>The day of the week, UTC.</summary>
    Weekday,

    /// <summary>The score, a percentile times 1,000.</summary>
    Score,

    /// <summary>The forest's percentile.</summary>
    ForestPercentile,

    /// <summary>The autoencoder's percentile.</summary>
    AutoencoderPercentile,

    /// <summary>The tail sum's percentile.</summary>
    TailSumPercentile,

    /// <summary>The score of the model that a user added.</summary>
    ExternalScore,

    /// <summary>The card's token.</summary>
    Card,

    /// <summary>The first six digits of the card number.</summary>
    Bin,

    /// <summary>The merchant's id.</summary>
    Merchant,

    /// <summary>The merchant category code.</summary>
    Mcc,

    /// <summary>The device's id.</summary>
    Device,

    /// <summary>The caller's address.</summary>
    IpAddress,

    /// <summary>The country.</summary>
    Country,

    /// <summary>The currency.</summary>
    Currency,

    /// <summary>How the card was presented.</summary>
    Channel,

    /// <summary>What the payment is for.</summary>
    Kind,

    /// <summary>What the terminal or the issuer answered.</summary>
    Authorisation,

    /// <summary>Why it was declined.</summary>
    DeclineReason,

    /// <summary>The outcome by the models alone.</summary>
    ModelOutcome,

    /// <summary>Whether the payment stands on <see cref="RuleName.List"/>.</summary>
    List,
}
