namespace Aegis.Client;

/// <summary>A volume that the service depends on.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Holds">What lies on it, in words.</param>
/// <param name="FreeBytes">What is free on it.</param>
/// <param name="HoursLeft">Hours until it is short of space, at the present rate; null if it does not fill or is watched too
/// shortly.</param>
/// <param name="Shortage">Which space is missing, in a sentence; null if there is enough.</param>
/// <param name="Warning">How long the space lasts, in a sentence; null if it lasts for long.</param>
public sealed record VolumeReport(
    string MountPoint, string Holds, long FreeBytes, double? HoursLeft, string? Shortage, string? Warning);
