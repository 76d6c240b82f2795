namespace Aegis.Client;

/// <summary>A daily budget to set, in exactly one way: alerts a day, minutes a day with minutes an alert, or alerts per 10,000.</summary>
/// <param name="AlertsADay">Payments to review on a UTC day, above 0.</param>
/// <param name="MinutesADay">The minutes that the analysts have on a day, above 0.</param>
/// <param name="MinutesAnAlert">The minutes that an alert takes, above 0.</param>
/// <param name="AlertsPerTenThousand">Payments to review per 10,000 of the day's payments, above 0, at most 10,000.</param>
/// <param name="FloorScore">No payment below this score goes to review for the models' sake, 0 to below 1,000; 800 unless said.</param>
/// <param name="By">Who sets it, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record BudgetRequest(
    double? AlertsADay = null, double? MinutesADay = null, double? MinutesAnAlert = null, double? AlertsPerTenThousand = null,
    double? FloorScore = null, string? By = null, string? Why = null) : ISaysBy;

/// <summary>Who ends the budget and why.</summary>
/// <param name="By">Who ends it, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record BudgetEndRequest(string? By, string? Why) : ISaysBy;

/// <summary>A change of the budget.</summary>
/// <param name="Revision">Its place in the order of changes.</param>
/// <param name="AlertsADay">Payments to review on a UTC day; null if the budget is said otherwise, or ended.</param>
/// <param name="AlertsPerTenThousand">Payments to review per 10,000 of the day's; null if the budget is said otherwise, or ended.</param>
/// <param name="MinutesADay">The analysts' minutes a day, if the budget was said so.</param>
/// <param name="MinutesAnAlert">The minutes that an alert takes, if the budget was said so.</param>
/// <param name="FloorScore">The score below which the models send nothing to review; null if the budget ended.</param>
/// <param name="By">Who made the change.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
public sealed record BudgetChange(
    long Revision, double? AlertsADay, double? AlertsPerTenThousand, double? MinutesADay, double? MinutesAnAlert, double? FloorScore,
    string By, string Why, DateTimeOffset At);

/// <summary>The alerts of a UTC day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Payments">Payments decided.</param>
/// <param name="Alerts">Payments that went to review.</param>
/// <param name="OtherAlerts">Of these, the payments that rules or lists sent to review and the models would not have.</param>
/// <param name="Declines">Payments declined.</param>
/// <param name="Budgeted">The alerts that the budget of now allows on such a day; null if there is none.</param>
/// <param name="Expected">For today: the alerts expected by its end; null for finished days.</param>
/// <param name="CountedFrom">When counting began, UTC; the day's start unless counting began within the day.</param>
public sealed record BudgetDayReport(
    DateOnly Day, long Payments, long Alerts, long OtherAlerts, long Declines, double? Budgeted, double? Expected,
    DateTimeOffset CountedFrom);

/// <summary>What a number of alerts a day would have found, had the riskiest payments of each day that were not declined been
/// reviewed.</summary>
/// <param name="Change">Alerts a day more than budgeted; negative for fewer.</param>
/// <param name="Alerts">The alerts of all days.</param>
/// <param name="Judged">Of these, the payments with a label.</param>
/// <param name="Frauds">Of these, the frauds.</param>
/// <param name="FraudAmount">The frauds' amounts together, in the reference currency.</param>
/// <param name="Precision">Frauds among the judged, 0 to 1; null if none is judged.</param>
/// <param name="PrecisionLow">The lower end of its 95 % interval (Wilson).</param>
/// <param name="PrecisionHigh">The upper end of its 95 % interval (Wilson).</param>
/// <param name="Minutes">The minutes that the alerts take, if the budget says what one takes.</param>
public sealed record BudgetOutcome(
    int Change, long Alerts, long Judged, long Frauds, double FraudAmount, double? Precision, double? PrecisionLow, double? PrecisionHigh,
    double? Minutes);

/// <summary>What labels say about the budget.</summary>
/// <param name="From">The first day looked at.</param>
/// <param name="To">The last day looked at.</param>
/// <param name="Currency">The reference currency of amounts.</param>
/// <param name="Outcomes">With ten alerts a day fewer, as budgeted, and with ten more.</param>
public sealed record BudgetQuality(DateOnly From, DateOnly To, string Currency, IReadOnlyList<BudgetOutcome> Outcomes);

/// <summary>The daily budget.</summary>
/// <param name="InForce">The budget; null if there is none, and the model's own threshold holds.</param>
/// <param name="ReviewScore">The score from which payments went to review at the end of the last interval; null before the first.</param>
/// <param name="DeclineScore">The score from which payments were declined then.</param>
/// <param name="IsFollowing">True if the review threshold follows the budget; false while too little is known of the stream.</param>
/// <param name="UpTo">The end of the last interval, UTC.</param>
/// <param name="Today">The day of the last interval; null before the first.</param>
/// <param name="Days">The finished days, newest first, at most 31.</param>
/// <param name="Quality">What labels say; null while there are none.</param>
/// <param name="Changes">The last 20 changes, newest first.</param>
public sealed record BudgetReport(
    BudgetChange? InForce, double? ReviewScore, double? DeclineScore, bool IsFollowing, DateTimeOffset? UpTo, BudgetDayReport? Today,
    IReadOnlyList<BudgetDayReport> Days, BudgetQuality? Quality, IReadOnlyList<BudgetChange> Changes);
