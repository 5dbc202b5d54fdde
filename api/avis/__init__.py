"""What people say of Passerelle: did it help, and what is wrong on a sheet. Both reach the operators' list."""
