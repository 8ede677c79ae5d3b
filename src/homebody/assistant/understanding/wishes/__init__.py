"""What a wish is for one device: which function, which action, which value, by the device's description."""
